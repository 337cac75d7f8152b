/** The id an order is sent under: one for each decision. */
export function clientIdOf(decisionId: string): string {
  return `o-${decisionId}`
}
