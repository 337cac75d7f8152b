import { readFileSync } from 'node:fs'
import { CommandRefusal } from '../command-refusal.ts'

/** Numbers as text, from the words of an option or the file it names; a row per line where there are several. */
export function numberList(given: string, option: string): string[] {
  return numberRows(given, option).flat()
}

/** The same, row by row; `;` parts rows on the command line. */
export function numberRows(given: string, option: string): string[][] {
  const words = given.split(/[\s,;]+/).filter((word) => word !== '')
  const text = words.every((word) => NUMBER.test(word)) ? given.replaceAll(';', '\n') : contentOf(given, option)
  return text
    .split('\n')
    .map((line) => line.split(/[\s,]+/).filter((word) => word !== ''))
    .filter((row) => row.length > 0)
}

/** What is meant as a number, even where it is none: the desk refuses that by its place. */
const NUMBER = /^([-+.\d][-+.\deE]*|[-+]?(nan|inf(inity)?))$/i

function contentOf(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const says = `${option} is «${path}», which is neither numbers nor a file that can be read (${why}).`
    throw new CommandRefusal('NOT_FOUND', says, option)
  }
}
