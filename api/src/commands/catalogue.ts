import { CATALOGUE_VERSION, REQUIREMENTS, serviceById } from '@vigie/rules'
import type { Command } from 'commander'
import { presentRequirement } from '../features/catalogue/read-catalogue.ts'
import { alignedTable } from './aligned-table.ts'

/** `vigie catalogue`: the 163 requirements; reads no database. */
export const catalogueCommand = (program: Command): void => {
  program
    .command('catalogue')
    .description('liste les 163 exigences de CARINE, leur niveau par degré, et celles qu’un contrôle vérifie')
    .option('--json', 'écrit un tableau JSON')
    .option('--service <service>', 'ne garde qu’un service, par exemple INF-AUT')
    .action((options: { json?: true; service?: string }) => {
      if (options.service && !serviceById(options.service)) {
        program.error(`error: Service inconnu : ${options.service}.`)
      }
      const kept = REQUIREMENTS.filter((r) => !options.service || r.service === options.service)
      const requirements = kept.map(presentRequirement)
      if (options.json) {
        console.log(JSON.stringify(requirements, null, 2))
        return
      }
      const rows = requirements.map((r) => [
        r.id,
        r.modal,
        r.levels.d1,
        r.levels.d2,
        r.automatic ? 'auto' : 'déclaré',
        r.statement,
      ])
      console.log(alignedTable(['Exigence', 'Verbe', '1d', '2d', 'Preuve', 'Énoncé'], rows))
      const automatic = requirements.filter((r) => r.automatic).length
      console.log(
        `\n${CATALOGUE_VERSION} : ${requirements.length} exigences, dont ${automatic} vérifiées par un contrôle.`,
      )
    })
}
