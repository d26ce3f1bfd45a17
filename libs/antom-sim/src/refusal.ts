/** Why the simulator does not do what it was told to. */
export class SimulatorRefusal extends Error {
  override readonly name = 'SimulatorRefusal';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
