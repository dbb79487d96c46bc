import type { Service } from '../requirement.ts'

/** CARINE §3.4.3. */
export const utiCtr: Service = {
  id: 'UTI-CTR',
  family: 'UTI',
  name: 'Communication temps réel',
  summary: 'Le dialogue en ligne, la téléphonie, la web-conférence et la visioconférence.',
  source: '§3.4.3, p. 70',
  requirements: [
    {
      id: 'UTI-CTR-1',
      service: 'UTI-CTR',
      function: 'Fonctionnalités',
      modal: 'PEUT',
      levels: { d1: 'F', d2: 'F' },
      statement: 'L’ENT fournit le dialogue en ligne, la web-conférence ou la visioconférence.',
      concerns: ['eleves', 'enseignants', 'personnels_administratifs', 'direction'],
      relatedServices: [],
      source: '§3.4.3, p. 70',
    },
    {
      id: 'UTI-CTR-2',
      service: 'UTI-CTR',
      function: 'Accès',
      modal: 'DOIT',
      levels: { d1: 'E', d2: 'E' },
      statement:
        'Les échanges en temps réel n’emploient que des adresses institutionnelles et suivent les règles de la messagerie électronique.',
      concerns: ['eleves', 'enseignants', 'personnels_administratifs', 'direction'],
      relatedServices: ['UTI-MSG'],
      source: '§3.4.3, p. 70',
    },
  ],
}
