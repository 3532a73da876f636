import type { Command } from 'commander'

export function addDemo(program: Command): void {
  program.command('demo').description('Run everything, with a local TikTok and a sample shop')
}
