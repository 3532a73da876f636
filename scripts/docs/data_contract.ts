import { streams } from '../../src/catalog.ts'
import { toDataContract } from '../../src/core/schema_export/data_contract.ts'

/** The data contract of every table, a line for each column, so that a change of one is a line in a comparison. */
export function dataContract(): string {
  const whole = JSON.stringify(toDataContract(streams.map(({ table }) => table)), null, 2)
  return `${whole.replace(INNERMOST, oneLine)}\n`
}

/** An object or a list that holds no other. */
const INNERMOST = /[{[]\n[^{}[\]]*?\n\s*[}\]]/g

const oneLine = (text: string): string => JSON.stringify(JSON.parse(text))
