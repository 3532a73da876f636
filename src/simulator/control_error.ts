/** A test or a person asked the simulator itself for something it cannot give; answered as HTTP 400. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}
