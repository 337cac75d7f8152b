import type { NamedAnswer } from '../../desk/portfolio/optimise-problem.ts'
import { CommandRefusal } from '../command-refusal.ts'
import { defineCommand, type CommandAnswer } from '../define-command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { figure, percent } from '../figures.ts'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly lines?: boolean
}

/** Largest problem, or list of problems, taken from stdin. */
const MOST_INPUT = 256 * 1024 * 1024
/** A weight below this is not shown to a person. */
const SHOWN = 5e-7

export const optimize = defineCommand<Options>({
  name: 'optimize',
  says: `Build a portfolio from figures of your own: one JSON problem on stdin. No book is needed and nothing is recorded.

Fields: method (kelly_mvo, min_variance, max_sharpe, risk_parity, hrp, equal_weight), sigma (rows, or {B, d} for B·B′ + d,
which is multiplied out), mu, signals, w0, lower (0), upper (1), budget {min, max} (exactly 1), groups [{name, members, min,
max}], turnover, cost, volatilityCap, topK {k, max}, gross, minimumReturn, lambda (2), riskFree (0), riskBudgets, names.
Weights are shares of equity, assets go by index, returns and sigma are annual; in brackets what is meant when left out.`,
  examples: [
    'optimize --json < problem.json',
    'optimize --lines < problems.jsonl > answers.jsonl',
    'echo \'{"method":"min_variance","sigma":[[0.04,0.01],[0.01,0.09]]}\' | ballast optimize',
  ],
  options: (command) => void command.option('--lines', 'one problem a line, one JSON answer a line, in the same order'),
  action: async (terminal, options) => {
    const text = await readInput(terminal)
    const solve = await solver()
    return options.lines === true ? answerLines(terminal, text, solve) : answerOne(text, solve)
  },
})

type Solve = (value: unknown) => ReturnType<typeof import('../../desk/portfolio/optimise-problem.ts').optimiseProblem>

async function solver(): Promise<Solve> {
  const [{ optimiseProblem }, { algebraAtHand }] = await Promise.all([
    import('../../desk/portfolio/optimise-problem.ts'),
    import('../../wasm/wasm-algebra.ts'),
  ])
  const algebra = algebraAtHand()
  return (value) => optimiseProblem(value, algebra)
}

async function readInput(terminal: Terminal): Promise<string> {
  const input = await terminal.input(MOST_INPUT)
  if (input?.whole === false)
    throw new CommandRefusal('INPUT_MALFORMED', 'The problem on stdin is larger than 256 MiB.', 'stdin')
  if (input === undefined || input.text.trim() === '')
    throw new CommandRefusal(
      'USAGE',
      'No problem is given: send one as JSON on stdin; see --help for its fields.',
      'stdin',
    )
  return input.text
}

function answerOne(text: string, solve: Solve): CommandAnswer {
  const solved = solve(parse(text, 'stdin'))
  if (!solved.ok) {
    const [first] = solved.error
    const says = solved.error.map((fault) => fault.says).join(' ')
    throw new CommandRefusal(first?.code ?? 'INPUT_MALFORMED', says, first?.field)
  }
  return { document: documentOf(solved.value), text: answerText(solved.value), exit: exitOf(solved.value) }
}

/** A line that cannot be understood has an answer too, so that answers stay beside their problems. */
async function answerLines(terminal: Terminal, text: string, solve: Solve): Promise<CommandAnswer> {
  const answers: object[] = []
  let refused = false
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const answer = answerLine(line, answers.length + 1, solve)
    refused ||= 'faults' in answer
    answers.push(answer)
    if (!terminal.json) await terminal.pour([`${JSON.stringify(answer)}\n`])
  }
  return { document: { answers }, text: '', exit: refused ? EXIT.refused : EXIT.done }
}

function answerLine(line: string, number: number, solve: Solve): object {
  try {
    const solved = solve(parse(line, `line ${number}`))
    if (solved.ok) return documentOf(solved.value)
    return { ok: false, status: 'refused', faults: solved.error, says: solved.error.map(({ says }) => says).join(' ') }
  } catch (error) {
    if (!(error instanceof CommandRefusal)) throw error
    return { ok: false, status: 'refused', faults: [], says: error.message }
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefusal('INPUT_MALFORMED', `${where} is not one JSON document: ${why}.`, where)
  }
}

/** `ok` only where there are weights. */
function documentOf(answer: NamedAnswer): object {
  return answer.status === 'optimal'
    ? { ok: true, ...answer }
    : { ok: false, code: answer.status.toUpperCase(), ...answer }
}

/** No portfolio is a refusal for whoever called. */
function exitOf({ status }: NamedAnswer): ExitCode {
  return status === 'optimal' ? EXIT.done : EXIT.refused
}

function answerText(answer: NamedAnswer): string {
  if (answer.status !== 'optimal') {
    const limits =
      answer.status === 'infeasible' ? answer.infeasible.map(({ limit, says }) => `  ${limit}: ${says}`) : []
    return [answer.says, ...limits].join('\n')
  }
  const known = (value: number | undefined): string => percent(value === undefined ? null : String(value), 2)
  const head = [
    `${answer.method}: volatility ${known(answer.volatility)}, expected return ${known(answer.expectedReturn)}, cash ${known(answer.cash)}`,
    `Turnover ${known(answer.turnover)}, cost ${known(answer.cost)}, diversification ratio ${figure(answer.diversificationRatio ?? null, 2)}, objective ${figure(answer.objective, 6)}`,
  ].join('\n')
  const right = { align: 'right' } as const
  const weights = table(
    [{ head: 'Asset' }, { head: 'weight', ...right }, { head: 'share of risk', ...right }],
    answer.weights.flatMap((weight, index) =>
      Math.abs(weight) < SHOWN
        ? []
        : [[answer.names[index] ?? '', known(weight), known(answer.riskContributions[index])]],
    ),
  )
  const limits = table(
    [{ head: 'Limit that binds' }, { head: 'worth per unit', ...right }],
    answer.binding.map(({ says, price }) => [says, price === 0 ? '–' : figure(price, 6)]),
  )
  return [head, weights, answer.binding.length === 0 ? 'No limit binds.' : limits].join('\n\n')
}
