import type { Command } from 'commander'

/** The `vigie import` group, made by the first command that belongs to it. */
export const importGroup = (program: Command): Command =>
  program.commands.find((command) => command.name() === 'import') ??
  program.command('import').description('importe des données de référence depuis un fichier')
