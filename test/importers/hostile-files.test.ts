import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../src/importers/open-file.ts'
import { bytesOf, readFile } from './reading.ts'

async function sentenceOf(name: string, content: Uint8Array | string): Promise<string> {
  try {
    await readFile(name, content, {}, name.endsWith('.xml') ? 'ibkr-flex' : 'csv-bars')
  } catch (refusal) {
    return (refusal as Error).message
  }
  return 'was read'
}

/** A .zip with one deflated file; `size` and `checksum` are what its directory claims. */
function zip(name: string, content: Uint8Array, size = content.byteLength, checksum = crc32(content)): Uint8Array {
  const packed = deflateRawSync(content)
  const title = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(title.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(checksum, 16)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + title.length, 12)
  end.writeUInt32LE(30 + title.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, title, packed, entry, title, end]))
}

/** The same in the ZIP64 format, whose sizes, count and places are in records of their own. */
function zip64(name: string, content: Uint8Array): Uint8Array {
  const plain = Buffer.from(zip(name, content))
  const directory = plain.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  const entry = Buffer.from(plain.subarray(directory, -22))
  const sizes = Buffer.alloc(20)
  sizes.writeUInt16LE(1, 0)
  sizes.writeUInt16LE(16, 2)
  sizes.writeBigUInt64LE(BigInt(entry.readUInt32LE(24)), 4)
  sizes.writeBigUInt64LE(BigInt(entry.readUInt32LE(20)), 12)
  entry.writeUInt32LE(0xffffffff, 20)
  entry.writeUInt32LE(0xffffffff, 24)
  entry.writeUInt16LE(sizes.length, 30)
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(1n, 24)
  end64.writeBigUInt64LE(1n, 32)
  end64.writeBigUInt64LE(BigInt(entry.length + sizes.length), 40)
  end64.writeBigUInt64LE(BigInt(directory), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(directory + entry.length + sizes.length), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.from(plain.subarray(-22))
  end.fill(0xff, 8, 20)
  return new Uint8Array(Buffer.concat([plain.subarray(0, directory), entry, sizes, end64, locator, end]))
}

describe('a file that is not what it claims', () => {
  it.each([
    ['empty.csv', '', 'is empty'],
    ['blank.csv', ' \n \n', 'nothing but blanks'],
    ['page.xml', '<!DOCTYPE html><html><body>Log in</body></html>', 'web page'],
    ['page.csv', '<html><body>Log in</body></html>', 'web page'],
    ['feed.xml', '<?xml version="1.0"?><rss><channel/></rss>', 'outermost element is <rss>'],
    [
      'cut.xml',
      '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><Trades><Trade quan',
      'ends too early',
    ],
    ['broken.xml', '<FlexQueryResponse><Trades a=1></Trades></FlexQueryResponse>', 'broken on line 1'],
    ['dtd.xml', '<!DOCTYPE f [<!ENTITY a "b">]><FlexQueryResponse>&a;</FlexQueryResponse>', 'declares a document type'],
    ['entity.xml', '<FlexQueryResponse x="&a;"></FlexQueryResponse>', 'broken on line 1'],
    [
      'deep.xml',
      `<FlexQueryResponse>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</FlexQueryResponse>`,
      'nested more than 32 deep',
    ],
    [
      'fail.xml',
      '<FlexStatementResponse><ErrorMessage>Token has expired</ErrorMessage></FlexStatementResponse>',
      'Token has expired',
    ],
    ['book.csv', '{"rows": []}', 'JSON'],
    ['nul.csv', 'Date,Close\n2024-01-01,1\0\n', 'zero bytes'],
    ['report.csv', '%PDF-1.7\n', 'PDF'],
    ['sheet.csv', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), '.zip cannot be read'],
    ['packed.gz', new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 'damaged'],
    ['words.csv', 'To be, or not to be\nthat is the question\n', 'not a table of prices'],
  ])('is refused in one sentence: %s', async (name, content, says) => {
    expect(await sentenceOf(name, content)).toContain(says)
  })

  it('says what it is when it is an office file', async () => {
    expect(await openFile('a.xlsx', zip('[Content_Types].xml', bytesOf('<a/>')))).toMatchObject({
      ok: false,
      error: expect.stringContaining('save the sheet as CSV') as string,
    })
  })

  it('is read all the same from a package in the ZIP64 format', async () => {
    const packed = zip64('SAP.csv', bytesOf('Date,Close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,2\n'))
    const reading = await readFile('a.zip', packed, {}, 'csv-bars')
    expect(reading.bars.map(({ bar }) => bar.close)).toEqual(['1', '2', '2'])
  })

  it('is refused when its checksum, its size or its encryption says so', async () => {
    const content = bytesOf('Date,Close\n2024-01-01,1\n')
    expect(await openFile('a.zip', zip('a.csv', content, content.length, 7))).toMatchObject({
      ok: false,
      error: 'The .zip cannot be read: a file in it does not match its checksum.',
    })
    expect(await openFile('a.zip', zip('a.csv', content, 3))).toMatchObject({
      ok: false,
      error: 'The .zip cannot be read: a file in it is damaged or cut off.',
    })
    const locked = zip('a.csv', content)
    locked[Buffer.from(locked).indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8] = 1
    expect(await openFile('a.zip', locked)).toMatchObject({
      ok: false,
      error: expect.stringContaining('is encrypted') as string,
    })
  })

  it('is not unpacked when it would grow beyond measure, whatever its directory claims', async () => {
    const zeros = new Uint8Array(20 * 1024 * 1024)
    expect(await openFile('bomb.zip', zip('a.csv', zeros))).toMatchObject({
      ok: false,
      error: expect.stringContaining('more than 200 times') as string,
    })
    expect(await openFile('liar.zip', zip('a.csv', zeros, 1000))).toMatchObject({
      ok: false,
      error: expect.stringContaining('cannot be') as string,
    })
    expect(await openFile('bomb.gz', new Uint8Array(gzipSync(zeros)))).toMatchObject({
      ok: false,
      error: expect.stringContaining('more than 200 times') as string,
    })
  })

  it('is refused above the caps on size, cell and columns', async () => {
    expect(await openFile('big.csv', new Uint8Array(64 * 1024 * 1024 + 1))).toMatchObject({
      ok: false,
      error: expect.stringContaining('64 MB') as string,
    })
    expect(await openFile('a.csv', '@@@@')).toMatchObject({
      ok: false,
      error: expect.stringContaining('base64') as string,
    })
    const long = await readFile(
      'a.csv',
      `Date,Close\n2024-01-01,1\n2024-01-02,"${'1'.repeat(1024 * 1024 + 1)}"\n2024-01-03,2\n`,
      { symbol: 'A', interval: '1d' },
      'csv-bars',
    )
    expect(long.bars.map(({ line }) => line)).toEqual([2, 4])
    expect(long.problems).toMatchObject([{ line: 3, severity: 'error' }, {}])
    const wide = await readFile(
      'a.csv',
      `Date,Close\n2024-01-01,1\n2024-01-02${',1'.repeat(20_000)}\n2024-01-03,2\n`,
      { symbol: 'A', interval: '1d' },
      'csv-bars',
    )
    expect(wide.bars.map(({ line }) => line)).toEqual([2, 4])
    expect(wide.problems[0]?.says).toContain('10000 columns')
  })
})

describe('100,000 malformed lines', () => {
  const shapes: readonly ((n: number) => string)[] = [
    () => '"never closed,1,2,3',
    () => '"a"b,1,2,3,4',
    () => ',,,,,,',
    (n) => `2024-02-30,AAPL,buy,${n},1`,
    (n) => `2024-01-01,AAPL,hold,${n},1`,
    (n) => `2024-01-01,,buy,${n},1`,
    () => '2024-01-01,AAPL,buy,1e400,1',
    () => '2024-01-01,AAPL,buy,-5,1',
    () => '2099-01-01,AAPL,buy,5,1',
    () => '2024-01-01,AAPL,buy,5,12abc',
    () => '=cmd|calc,@SUM(A1),+1,-1,\t',
  ]

  it('are each reported, beside the good ones, which are kept', async () => {
    const lines = ['Date,Symbol,Side,Quantity,Price']
    for (let n = 0; n < 100_000; n++) lines.push((shapes[n % shapes.length] ?? ((): string => ''))(n))
    for (let n = 1; n <= 50; n++) lines.push(`2024-01-05,AAPL,buy,${n},1.25`)
    const reading = await readFile('bad.csv', `${lines.join('\n')}\n`, { currency: 'USD', dateOrder: 'ymd' })
    expect(reading.fills.map(({ quantity }) => quantity)).toEqual(Array.from({ length: 50 }, (_, n) => String(n + 1)))
    const told = new Set(reading.problems.filter(({ line }) => line > 0).map(({ line }) => line))
    expect(told.size).toBe(100_000)
    expect(new Set(reading.skipped.map(({ line }) => line)).size).toBe(100_000)
    expect(reading.problems.every(({ says, proposal }) => says.length > 5 && proposal.length > 5)).toBe(true)
  })

  it('stop at the cap on problems, with a question that keeps the file from being imported', async () => {
    const lines = ['Date,Symbol,Side,Quantity,Price', ...Array.from({ length: 260_000 }, () => 'x,y,z,1,2')]
    const reading = await readFile('bad.csv', lines.join('\n'), {}, 'csv-fills')
    expect(reading.problems.length).toBeLessThan(250_010)
    expect(reading.problems.at(-1)).toMatchObject({ severity: 'question', line: 0 })
  })
})
