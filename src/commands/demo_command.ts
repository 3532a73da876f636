import { type Command, InvalidArgumentError } from 'commander'

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Run everything, with a local TikTok and a sample shop')
    .option('--no-data', 'send no sample events; the shop works all the same')
    .option('--seed <number>', 'generate other sample events', parseSeed, 1)
    .action(async ({ data, seed }: { data: boolean; seed: number }) => {
      const { runDemo } = await import('./demo.ts')
      await runDemo(process.env, data, seed)
    })
}

function parseSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}
