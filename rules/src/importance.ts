import type { ServiceId } from './requirement.ts'
import { typeset } from './wording.ts'

const SENTENCES: Readonly<Record<ServiceId, string>> = {
  'INF-ANN':
    'Un compte oublié ou en double ouvre la porte à quelqu’un qui ne devrait plus entrer, et bloque celui qui arrive.',
  'INF-PDT':
    'C’est par un poste mal tenu que les virus entrent, et une salle en panne est une heure de cours perdue.',
  'INF-AUT':
    'Un mot de passe faible ou partagé suffit pour lire des notes ou des dossiers d’élèves sous le nom d’un autre.',
  'INF-SEC':
    'Sans barrière entre les réseaux ni filtrage, un incident sur un poste d’élève atteint la vie scolaire et la direction.',
  'INF-DIF': 'Un écran d’affichage mal protégé peut montrer à tous ce qui ne devait pas l’être.',
  'MCO-SVG':
    'Après une panne ou un rançongiciel, seules des sauvegardes qui marchent rendent les notes et les travaux perdus.',
  'MCO-REG': 'Un poste partagé qui ne se remet pas vite à neuf reste hors service, et la salle avec lui.',
  'MCO-SEI':
    'Sans surveillance, une panne se découvre devant les élèves ; avec elle, on la répare avant le premier cours.',
  'MCO-JAL': 'La loi oblige à garder ces traces : sans elles, personne ne peut expliquer un incident.',
  'MCO-PAR':
    'On ne protège ni ne renouvelle ce que l’on ne sait pas avoir : l’inventaire commande tout le reste.',
  'UTI-ESF':
    'Des fichiers rangés hors d’un espace sûr se perdent ou se partagent avec qui ne devrait pas les lire.',
  'UTI-MSG':
    'La messagerie est la première porte des fraudes, et le lien avec les familles : elle doit être sûre et connue de tous.',
  'UTI-CTR': 'Une réunion en ligne mal réglée laisse entrer des inconnus devant des élèves.',
  'UTI-PUB': 'Le site engage l’établissement : une page détournée ou périmée trompe les familles.',
  'UTI-REC': 'Une recherche qui montre trop révèle des documents à des personnes qui n’y ont pas droit.',
}

/** In: a service. Out: why it matters, one plain sentence for a head of school. */
export const whyItMatters = (service: ServiceId): string => typeset(SENTENCES[service])
