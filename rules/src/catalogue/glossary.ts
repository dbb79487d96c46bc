/** A technical term and what it means to a head of school. */
export interface GlossaryEntry {
  readonly term: string
  readonly definition: string
}

/** Terms a screen explains a tap away, in French alphabetical order; our own words on the topics of CARINE §5.1. */
export const GLOSSARY: readonly GlossaryEntry[] = [
  {
    term: 'Agent d’inventaire',
    definition:
      'Petit programme posé sur un poste, qui décrit celui-ci (matériel, système, logiciels) à l’inventaire.',
  },
  {
    term: 'Annuaire',
    definition:
      'Liste informatique des comptes, que les postes et les services interrogent pour reconnaître quelqu’un.',
  },
  {
    term: 'Antivirus',
    definition: 'Logiciel qui repère et bloque les programmes malveillants ; il ne vaut que s’il est à jour.',
  },
  {
    term: 'Authentification',
    definition:
      'Moment où l’on prouve être bien la personne dont on utilise le compte, le plus souvent par mot de passe.',
  },
  {
    term: 'Authentification forte',
    definition:
      'Preuve d’identité à deux éléments de nature différente, par exemple un code secret et une clé OTP.',
  },
  {
    term: 'AVEC (BYOD)',
    definition:
      'Usage, dans l’établissement, d’un ordinateur, d’une tablette ou d’un téléphone qui appartient à la personne.',
  },
  {
    term: 'CGU',
    definition:
      'Conditions générales d’utilisation : les règles d’un service, portées à la connaissance de ses utilisateurs.',
  },
  {
    term: 'Charte',
    definition:
      'Texte signé ou annexé au règlement intérieur, qui dit ce que chacun peut et ne peut pas faire du numérique.',
  },
  {
    term: 'Charte administrateur technique',
    definition:
      'Engagement écrit de ceux qui ont tous les droits sur les machines : ce qu’ils peuvent voir, ce qu’ils taisent.',
  },
  {
    term: 'Chiffrement',
    definition:
      'Codage qui rend des données illisibles à qui n’a pas la clé, sur un disque volé ou sur le réseau.',
  },
  {
    term: 'Clé OTP',
    definition:
      'Petit boîtier personnel qui affiche un code à usage unique, demandé en plus d’un code secret.',
  },
  {
    term: 'Client léger',
    definition:
      'Poste qui affiche des applications exécutées ailleurs, sur un serveur, et ne garde presque rien.',
  },
  {
    term: 'Cloud',
    definition:
      'Serveurs loués à distance ; il faut savoir dans quel pays ils sont et qui peut lire ce qu’on y range.',
  },
  {
    term: 'ENT',
    definition:
      'Espace numérique de travail : le portail unique où élèves, parents et personnels trouvent leurs services.',
  },
  {
    term: 'EPLE',
    definition: 'Établissement public local d’enseignement : un collège, un lycée ou un EREA.',
  },
  {
    term: 'Espace personnel',
    definition: 'Dossier réservé à une seule personne, que nul autre n’ouvre, administrateur compris.',
  },
  {
    term: 'Filtrage',
    definition:
      'Tri des sites et des échanges autorisés, qui tient les élèves à l’écart des contenus interdits ou choquants.',
  },
  {
    term: 'HTTPS',
    definition:
      'Navigation chiffrée, reconnaissable au cadenas : ce qui passe entre le poste et le site ne peut être lu.',
  },
  {
    term: 'Infogérance',
    definition:
      'Fait de confier à un prestataire le fonctionnement quotidien de tout ou partie de l’informatique.',
  },
  {
    term: 'Journal',
    definition:
      'Enregistrement daté de ce que font une machine ou un service ; il sert à comprendre un incident.',
  },
  {
    term: 'LDAP',
    definition: 'Langage commun par lequel un poste ou un logiciel interroge un annuaire.',
  },
  {
    term: 'Masterisation',
    definition: 'Installation de postes identiques à partir d’un même modèle préparé une fois, le master.',
  },
  {
    term: 'MDM',
    definition:
      'Outil qui règle, met à jour et, au besoin, efface à distance les tablettes et les téléphones.',
  },
  {
    term: 'Mode dégradé',
    definition: 'Manière de continuer à travailler, moins vite ou avec moins de services, pendant une panne.',
  },
  {
    term: 'Pare-feu',
    definition: 'Barrière, sur le réseau ou sur le poste, qui ne laisse passer que les échanges permis.',
  },
  {
    term: 'Poste partagé',
    definition:
      'Poste dont plusieurs personnes se servent tour à tour, au CDI ou en salle informatique par exemple.',
  },
  {
    term: 'Proxy',
    definition:
      'Relais par lequel passent les accès à internet, afin de les filtrer et d’en garder la trace.',
  },
  {
    term: 'PSSI',
    definition:
      'Politique de sécurité du système d’information : le document qui fixe les règles de sécurité et qui en répond.',
  },
  {
    term: 'Quota',
    definition: 'Place maximale accordée à une personne ou à un groupe sur un espace de stockage.',
  },
  {
    term: 'Régénération',
    definition:
      'Remise d’un poste dans son état de départ ; ce qui n’a été enregistré que sur le poste disparaît.',
  },
  {
    term: 'Reverse-proxy',
    definition:
      'Relais placé à l’entrée, qui reçoit les demandes venues d’internet avant le service interne visé.',
  },
  {
    term: 'RGS',
    definition:
      'Référentiel général de sécurité : les règles de sécurité que l’État impose à ses téléservices.',
  },
  {
    term: 'Sauvegarde incrémentale',
    definition:
      'Sauvegarde qui ne copie que ce qui a changé depuis la précédente : rapide, mais elles s’enchaînent.',
  },
  {
    term: 'SSO',
    definition:
      'Connexion unique : on s’identifie une fois, puis les autres services s’ouvrent sans redemander.',
  },
  {
    term: 'Supervision',
    definition:
      'Surveillance continue des équipements et des services, qui prévient quand l’un d’eux tombe ou faiblit.',
  },
  {
    term: 'Télédistribution',
    definition: 'Installation d’un logiciel ou d’une mise à jour sur de nombreux postes, sans se déplacer.',
  },
  {
    term: 'Virtualisation',
    definition:
      'Plusieurs machines simulées sur une seule vraie, ou un logiciel exécuté loin du poste qui l’affiche.',
  },
  {
    term: 'VLAN',
    definition:
      'Réseau séparé tracé dans le même câblage, pour tenir par exemple l’administration à part des élèves.',
  },
  {
    term: 'Webmail',
    definition: 'Courrier électronique consulté dans un navigateur, sans logiciel à installer.',
  },
  {
    term: 'WPA',
    definition:
      'Protection d’un réseau Wi-Fi ; les versions 2 et 3 sont sûres, les plus anciennes se forcent aisément.',
  },
]
