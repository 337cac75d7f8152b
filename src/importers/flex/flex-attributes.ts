const INSTRUMENT =
  'assetCategory subCategory symbol description conid securityID securityIDType cusip isin figi listingExchange multiplier strike expiry putCall underlyingConid underlyingSymbol underlyingSecurityID underlyingListingExchange issuer issuerCountryCode principalAdjustFactor currency'
const OWNER = 'accountId acctAlias model fxRateToBase'
const METAL = 'commodityType deliveryType fineness serialNumber weight'

/** Attributes that are known of each element that is read; another one is told, and not taken to mean anything. */
export const FLEX_ATTRIBUTES: Readonly<Record<string, ReadonlySet<string>>> = {
  Trade: words(
    `${OWNER} ${INSTRUMENT} ${METAL} accruedInt brokerageOrderID buySell changeInPrice changeInQuantity clearingFirmID closePrice cost dateTime exchOrderId exchange extExecID fifoPnlRealized fxPnl holdingPeriodDateTime ibCommission ibCommissionCurrency ibExecID ibOrderID initialInvestment isAPIOrder levelOfDetail mtmPnl netCash netCashInBase notes openCloseIndicator openDateTime orderPlacementTime orderReference orderTime orderType origOrderID origTradeDate origTradeID origTradePrice origTransactionID positionActionID proceeds quantity relatedTradeID relatedTransactionID reportDate rtn settleDateTarget taxes tradeDate tradeID tradeMoney tradePrice tradeTime traderID transactionID transactionType volatilityOrderLink whenRealized whenReopened capitalGainsPnl`,
  ),
  CashTransaction: words(
    `${OWNER} ${INSTRUMENT} ${METAL} actionID amount clientReference code dateTime exDate availableForTradingDate levelOfDetail reportDate settleDate tradeID transactionID type`,
  ),
  OpenPosition: words(
    `${OWNER} ${INSTRUMENT} ${METAL} accruedInt code costBasisMoney costBasisPrice fifoPnlUnrealized holdingPeriodDateTime levelOfDetail markPrice openDateTime openPrice originatingOrderID originatingTransactionID percentOfNAV position positionValue positionValueInBase reportDate side vestingDate`,
  ),
  SecurityInfo: words(`${INSTRUMENT} ${METAL} code issueDate maturity settlementPolicyMethod type underlyingCategory`),
  ConversionRate: words('fromCurrency rate reportDate toCurrency'),
  SalesTax: words(
    `${OWNER} ${INSTRUMENT} code country date payer salesTax taxRate taxType taxableAmount taxableDescription taxableTransactionID transactionID`,
  ),
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}
