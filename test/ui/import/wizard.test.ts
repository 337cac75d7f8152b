import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportSettings, Inspection } from '../../../src/contract/imports.ts'
import { largestFile, sizeText } from '../../../src/ui/import/file-content.ts'
import { ImportWizard, type ImportSource } from '../../../src/ui/import/wizard.svelte.ts'

const inspection: Inspection = {
  uploadId: 'upload',
  fileName: 'fills.csv',
  fileHash: 'ab',
  bytes: 10,
  expiresAt: 1,
  says: 'Executions.',
  candidates: [
    {
      format: 'csv-fills',
      title: 'Executions',
      kinds: ['fills'],
      confidence: 0.8,
      says: '',
      columns: [
        { index: 0, header: 'Date', samples: [], role: 'time' },
        { index: 1, header: 'Ticker', samples: [], role: null },
        { index: 2, header: 'Price', samples: [], role: 'price' },
      ],
      roles: [
        { role: 'time', title: 'Date', required: true },
        { role: 'symbol', title: 'Symbol', required: true },
        { role: 'price', title: 'Price', required: true },
      ],
      settings: { delimiter: ',', headerLine: 1, mapping: { time: 0, price: 2 } },
      preset: null,
    },
    {
      format: 'csv-bars',
      title: 'Prices',
      kinds: ['bars'],
      confidence: 0.1,
      says: '',
      columns: [],
      roles: [],
      settings: { decimalMark: ',' },
      preset: null,
    },
  ],
}

interface Reading {
  readonly uploadId: string
  readonly format: string
  readonly settings: ImportSettings
}

/** A desk that takes one file and writes down what it is asked. */
function handDesk() {
  const previewed: Reading[] = []
  const committed: (Reading & { readonly previewId: string; readonly onProblem: string })[] = []
  const inspected: { readonly fileName: string; readonly content: string }[] = []
  const client = {
    imports: {
      inspect: (file: { fileName: string; content: string }) => {
        inspected.push(file)
        return Promise.resolve({ ...inspection, fileName: file.fileName })
      },
      preview: (reading: Reading) => {
        previewed.push(reading)
        return Promise.resolve({
          previewId: `preview-${previewed.length}`,
          settings: { ...reading.settings, timeZone: 'UTC' },
          counts: { fresh: 3 },
        })
      },
      commit: (call: (typeof committed)[number]) => {
        committed.push(call)
        return Promise.resolve({ batchId: 'batch', says: '3 rows were imported.' })
      },
      batches: () => Promise.resolve([]),
      formats: () => Promise.resolve([]),
      undo: () => Promise.reject(new Error('socket closed')),
    },
  }
  return { desk: { client } as unknown as ImportSource, previewed, committed, inspected }
}

const aFile = (name: string, text = 'a'): File => new File([text], name)

/** Reads a File as browsers do, with a data address. */
class NodeFileReader {
  result: string | null = null
  onload: (() => void) | undefined
  readAsDataURL(file: Blob): void {
    void file.arrayBuffer().then((bytes) => {
      this.result = `data:text/csv;base64,${Buffer.from(bytes).toString('base64')}`
      this.onload?.()
    })
  }
}

beforeEach(() => {
  vi.stubGlobal('FileReader', NodeFileReader)
  return () => vi.unstubAllGlobals()
})

async function read(): Promise<{ wizard: ImportWizard } & ReturnType<typeof handDesk>> {
  const hand = handDesk()
  const wizard = new ImportWizard(hand.desk)
  await wizard.take(aFile('fills.csv', 'Date,Ticker'))
  return { wizard, ...hand }
}

describe('the import wizard', () => {
  it('sends the bytes of the file and starts with the best guess', async () => {
    const { wizard, inspected } = await read()
    expect(inspected).toEqual([{ fileName: 'fills.csv', content: Buffer.from('Date,Ticker').toString('base64') }])
    expect(wizard.step).toBe('reading')
    expect(wizard.format).toBe('csv-fills')
    expect(wizard.missingRoles.map(({ role }) => role)).toEqual(['symbol'])
  })

  it('refuses a file beyond 64 MB in one sentence, before it is read', async () => {
    const hand = handDesk()
    const wizard = new ImportWizard(hand.desk)
    const file = aFile('huge.csv')
    Object.defineProperty(file, 'size', { value: largestFile + 1 })
    await wizard.take(file)
    expect(wizard.refusal?.says).toContain('huge.csv')
    expect(hand.inspected).toEqual([])
    expect(sizeText(64 * 1024 * 1024)).toBe('67.1 MB')
  })

  it('gives a role to one column only', async () => {
    const { wizard } = await read()
    wizard.map(1, 'symbol')
    expect(wizard.missingRoles).toEqual([])
    wizard.map(1, 'price')
    expect(wizard.mapping).toEqual({ time: 0, price: 1 })
    wizard.map(0, undefined)
    expect(wizard.mapping).toEqual({ price: 1 })
  })

  it('drops a mapping by number once the columns are parted otherwise', async () => {
    const { wizard } = await read()
    wizard.set('decimalMark', ',')
    expect(wizard.settings.mapping).toEqual({ time: 0, price: 2 })
    wizard.set('delimiter', ';')
    expect(wizard.settings.mapping).toBeUndefined()
    expect(wizard.columnsMoved).toBe(true)
    expect(wizard.missingRoles).toEqual([])
  })

  it('leaves to be guessed what is taken back', async () => {
    const { wizard } = await read()
    wizard.set('headerLine', undefined)
    expect('headerLine' in wizard.settings).toBe(false)
  })

  it('takes the other format with its own guesses', async () => {
    const { wizard } = await read()
    wizard.map(1, 'symbol')
    wizard.readAs('csv-bars')
    expect(wizard.settings).toEqual({ decimalMark: ',' })
  })

  it('imports exactly what was previewed, and nothing once the reading was changed', async () => {
    const { wizard, previewed, committed } = await read()
    await wizard.check()
    wizard.onProblem = 'refuse-file'
    await wizard.commit()
    expect(committed).toEqual([{ ...previewed[0], previewId: 'preview-1', onProblem: 'refuse-file' }])
    expect(wizard.step).toBe('done')

    wizard.startOver()
    await wizard.take(aFile('fills.csv'))
    await wizard.check()
    wizard.set('dateOrder', 'dmy')
    expect(await wizard.commit()).toBeUndefined()
    expect(committed).toHaveLength(1)
  })

  it('answers a question with its setting and corrects one cell, and checks again each time', async () => {
    const { wizard, previewed } = await read()
    await wizard.check()
    await wizard.settle('dateOrder', 'dmy')
    await wizard.settle('corrections.88:4', '1.5')
    await wizard.settle('corrections.90:4', '2')
    await wizard.settle('bookOpening', 'true')
    expect(previewed).toHaveLength(5)
    expect(previewed[4]?.settings).toMatchObject({
      dateOrder: 'dmy',
      bookOpening: true,
      corrections: { '88:4': '1.5', '90:4': '2' },
    })
  })

  it('drops an answer about a file that was put away', async () => {
    const { wizard } = await read()
    const checking = wizard.check()
    wizard.startOver()
    await checking
    expect(wizard.step).toBe('file')
    expect(wizard.preview).toBeUndefined()
  })

  it('says why a batch could not be undone', async () => {
    const { wizard } = await read()
    expect(await wizard.undo('batch')).toContain('line to the desk broke')
  })
})
