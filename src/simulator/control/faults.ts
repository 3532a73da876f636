import { FAULTS } from '../fault_kinds.ts'
import { parseFaultOrder } from '../fault_order.ts'
import type { Faults, StandingFault } from '../faults.ts'
import { type Control, numberParam } from './control.ts'

const shown = ({ id, order, left, hits }: StandingFault) => ({ id, ...order, left, hits })

const listOf = (faults: Faults) => ({ json: { faults: faults.list().map(shown), kinds: FAULTS } })

/** `GET /__simulator/faults`: the faults on order, what they have hit, and every kind there is. */
export const listFaults: Control = (_, { faults }) => listOf(faults)

/** `POST /__simulator/faults`: orders one fault, or a list of them, behind those already there. */
export const orderFaults: Control = (call, { faults }) => {
  const body = call.json()
  const orders = (Array.isArray(body) ? body : [body]).map(parseFaultOrder)
  for (const order of orders) faults.order(order)
  return listOf(faults)
}

/** `DELETE /__simulator/faults`: takes back all faults, or the one named by `id`. */
export const removeFaults: Control = (call, { faults }) => {
  faults.remove(call.query.has('id') ? numberParam(call, 'id', 0) : null)
  return listOf(faults)
}
