import { typeset } from '../wording.ts'
import type { RequirementId } from '../requirement.ts'
import type { Control, ControlGroup, Framework } from './framework.ts'

type Measure = readonly [title: string, statement: string, ...requirements: RequirementId[]]

const GROUPS: readonly (ControlGroup & { readonly measures: readonly Measure[] })[] = [
  {
    id: 'connaitre',
    title: 'Connaître son parc',
    measures: [
      [
        'Tenir la liste du matériel',
        'Chaque ordinateur, serveur et équipement réseau figure dans un inventaire tenu à jour.',
        'MCO-PAR-1',
        'MCO-PAR-2',
      ],
      [
        'Tenir la liste des logiciels',
        'On sait quels logiciels sont installés, et sur quelles machines.',
        'MCO-PAR-13',
      ],
      [
        'Repérer les appareils inconnus',
        'Un appareil branché sans autorisation est vu.',
        'MCO-PAR-8',
        'MCO-PAR-9',
      ],
      [
        'Retrouver et compter',
        'L’inventaire répond aux questions simples sans comptage à la main.',
        'MCO-PAR-3',
        'MCO-PAR-10',
      ],
      [
        'Prévoir le remplacement',
        'Le matériel trop ancien est connu, et son remplacement prévu.',
        'MCO-PAR-5',
      ],
      [
        'Mettre au rebut proprement',
        'Un matériel réformé part par une filière connue, ses données effacées.',
        'MCO-PAR-11',
      ],
    ],
  },
  {
    id: 'comptes',
    title: 'Maîtriser les comptes',
    measures: [
      [
        'Donner un compte à chacun',
        'Personne ne partage un compte ; un compte générique est une exception écrite.',
        'INF-ANN-1',
        'INF-AUT-1',
      ],
      ['Fermer les comptes des partants', 'Un départ ferme le compte sans attendre.', 'INF-ANN-3'],
      [
        'Tracer les changements de comptes',
        'Création, modification et suppression laissent une trace.',
        'INF-ANN-4',
      ],
      [
        'Ne garder que l’utile sur les personnes',
        'L’annuaire ne contient que les données dont il a besoin.',
        'INF-ANN-6',
        'INF-ANN-8',
      ],
      [
        'Exiger des mots de passe solides',
        'Leur longueur et leur renouvellement sont imposés par le système.',
        'INF-AUT-6',
        'INF-AUT-8',
      ],
      ['Changer le mot de passe de départ', 'Le premier mot de passe ne sert qu’une fois.', 'INF-AUT-7'],
      ['Ne garder aucun mot de passe en clair', 'Ni dans l’annuaire, ni dans un fichier.', 'INF-AUT-10'],
      [
        'Ajouter une seconde preuve',
        'Les accès sensibles demandent une clé ou un code en plus du mot de passe.',
        'INF-AUT-2',
        'MCO-SEI-10',
      ],
      [
        'Remplacer un mot de passe oublié sans se faire tromper',
        'La procédure vérifie qui demande.',
        'INF-AUT-9',
      ],
      ['Tracer les connexions', 'Les tentatives réussies et refusées sont enregistrées.', 'INF-AUT-13'],
    ],
  },
  {
    id: 'postes',
    title: 'Protéger les postes',
    measures: [
      ['Installer depuis une image commune', 'Les postes se ressemblent et se refont vite.', 'INF-PDT-3'],
      ['Retirer les droits d’administrateur', 'On travaille avec un compte ordinaire.', 'INF-PDT-5'],
      ['Garder un antivirus à jour', 'Chaque poste en a un, actif.', 'INF-PDT-8'],
      ['Allumer le pare-feu du poste', 'Aucun poste n’écoute sans raison.', 'INF-PDT-9'],
      [
        'Verrouiller le poste laissé seul',
        'Il redemande le mot de passe après quelques minutes.',
        'INF-PDT-10',
      ],
      [
        'Chiffrer les postes de l’administration',
        'Volé, un disque ne livre rien.',
        'INF-PDT-11',
        'UTI-ESF-13',
      ],
      ['Demander une identification à l’ouverture', 'Aucune session ne s’ouvre seule.', 'INF-PDT-7'],
      [
        'Savoir remettre un poste à neuf',
        'La régénération est automatique et lancée à distance.',
        'INF-PDT-16',
        'MCO-REG-4',
        'MCO-REG-5',
      ],
      ['Tenir les images à jour', 'Une image réinstallée ne ramène pas d’anciennes failles.', 'MCO-REG-3'],
      ['Éteindre ce qui ne sert pas', 'Les postes fixes partagés s’éteignent le soir.', 'INF-PDT-17'],
    ],
  },
  {
    id: 'reseau',
    title: 'Tenir le réseau',
    measures: [
      [
        'Tenir systèmes et accès sous contrôle',
        'Systèmes maintenus, données protégées, réseau fermé aux inconnus.',
        'INF-SEC-1',
      ],
      ['Filtrer la navigation', 'Les listes nationales de sites à bloquer sont appliquées.', 'INF-SEC-8'],
      [
        'Adapter le filtrage',
        'Plusieurs méthodes se complètent, sans bloquer le travail.',
        'INF-SEC-4',
        'INF-SEC-9',
      ],
      ['Administrer la sécurité en un lieu', 'Les mêmes règles valent partout.', 'INF-SEC-12'],
      ['Mettre à part les appareils personnels', 'Ils ont leur propre réseau.', 'MCO-PAR-12', 'INF-PDT-15'],
      ['Garder un débit suffisant', 'La saturation se voit avant les plaintes.', 'INF-SEC-2'],
    ],
  },
  {
    id: 'sauvegarder',
    title: 'Sauvegarder et restaurer',
    measures: [
      ['Sauvegarder régulièrement', 'Un plan dit quoi, quand et comment.', 'MCO-SVG-1', 'MCO-SVG-2'],
      ['Garder plusieurs versions', 'On peut revenir avant l’accident.', 'MCO-SVG-3'],
      ['Éloigner une copie', 'Un sinistre n’emporte pas tout.', 'MCO-SVG-5'],
      ['Sauvegarder les serveurs et l’ENT', 'Rien d’essentiel n’est oublié.', 'UTI-ESF-9'],
      ['Sauvegarder les postes de l’administration', 'Ou n’y laisser aucune donnée.', 'MCO-SVG-7'],
      ['Essayer de restaurer', 'Un essai récent a réussi.', 'MCO-SVG-8'],
      ['Relire les sauvegardes', 'Un contrôle complet révèle une altération.', 'UTI-ESF-10'],
      ['Chiffrer les sauvegardes en chemin', 'Personne ne les lit ni ne les change.', 'MCO-SVG-12'],
      ['Tracer les sauvegardes', 'Chaque exécution laisse une trace.', 'MCO-SVG-13'],
    ],
  },
  {
    id: 'observer',
    title: 'Observer et réagir',
    measures: [
      ['Surveiller les services', 'Une panne se voit sans qu’on l’annonce.', 'MCO-SEI-1', 'MCO-SEI-6'],
      ['Suivre les incidents', 'Chacun est pris en charge dans un délai connu.', 'MCO-SEI-2', 'MCO-SEI-3'],
      ['Savoir qui prévenir', 'La chaîne d’alerte est écrite et connue.', 'INF-SEC-11'],
      ['Réserver l’accès à la surveillance', 'Il est personnel et vérifié.', 'MCO-SEI-9'],
      ['Écrire les journaux dans un format commun', 'Ils se lisent et se comparent.', 'MCO-JAL-1'],
      ['Garder les journaux la bonne durée', 'Ni trop peu, ni trop longtemps.', 'MCO-JAL-2'],
      ['Protéger les journaux', 'Accès restreint, transport chiffré.', 'MCO-JAL-7', 'MCO-JAL-8'],
    ],
  },
  {
    id: 'echanger',
    title: 'Échanger et publier',
    measures: [
      ['Filtrer le courrier', 'Un antivirus et un antispam l’examinent.', 'UTI-MSG-4'],
      [
        'Interdire la redirection vers une boîte privée',
        'Le courrier professionnel reste professionnel.',
        'UTI-MSG-8',
      ],
      [
        'Utiliser des adresses professionnelles',
        'Pour les personnels comme pour les élèves.',
        'UTI-MSG-3',
        'UTI-MSG-9',
      ],
      [
        'Réserver la publication',
        'On publie après s’être identifié, avec une autorisation.',
        'UTI-PUB-8',
        'UTI-PUB-6',
      ],
    ],
  },
  {
    id: 'gouverner',
    title: 'Décider et expliquer',
    measures: [
      [
        'Avoir une charte connue',
        'Charte, règlement et contrats se complètent, et sont expliqués.',
        'INF-SEC-3',
      ],
      ['Encadrer les administrateurs', 'Une charte leur est propre.', 'INF-AUT-5', 'MCO-SEI-7'],
      [
        'Dire ce qui est gardé, et combien de temps',
        'Les utilisateurs le lisent dans la charte.',
        'MCO-JAL-4',
        'MCO-SVG-9',
      ],
      [
        'Tenir le registre des traitements',
        'Les fichiers de données personnelles y sont inscrits.',
        'INF-ANN-7',
        'UTI-ESF-12',
      ],
      ['Encadrer les prestataires', 'Leurs droits sont écrits.', 'MCO-REG-9', 'INF-SEC-7'],
      [
        'Assurer contre le risque numérique',
        'Un contrat d’assurance ou une convention dit qui aide après une attaque.',
      ],
    ],
  },
]

const controlsOf = (): readonly Control[] => {
  let number = 0
  return GROUPS.flatMap(({ id: group, measures }) =>
    measures.map(([title, statement, ...requirements]) => {
      number += 1
      return {
        id: `hn-${String(number).padStart(2, '0')}`,
        group,
        title: typeset(title),
        statement: typeset(statement),
        requirements,
      }
    }),
  )
}

/** Measures that any small structure should take, in our own words; each is read through CARINE. */
export const HYGIENE: Framework = {
  id: 'hygiene',
  title: typeset('Hygiène numérique d’une petite structure'),
  version: '1.0',
  groups: GROUPS.map(({ id, title }) => ({ id, title })),
  controls: controlsOf(),
}
