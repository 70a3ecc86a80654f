import type { Texts } from '../..';

export const configFiles: Pick<Texts['exportConfigs'], 'file' | 'import'> = {
  file: {
    import: 'Importieren',
    exportAll: 'Alle exportieren',
    exportOne: 'Exportieren',
    saved: (path) => `Zur Durchsicht gespeichert: ${path}`,
    notSaved: (why) => `Es wurde nichts gespeichert. ${why}`,
  },

  import: {
    title: 'Importieren',
    chooseTitle: 'Konfigurationen aus einer Datei',
    chooseDetail:
      'Wählen Sie eine Datei, die eine Konsole gespeichert hat oder die nach einer Durchsicht geändert wurde. Sie sehen, was sie anlegen und ändern würde, bevor etwas übernommen wird.',
    choose: 'Datei wählen',
    another: 'Andere Datei',
    compareAgain: 'Erneut vergleichen',
    notAllowed:
      'Die Datei lässt sich vergleichen; übernehmen kann sie nur, wer die Rolle Administration hat.',
    none: 'Die Datei enthält keine Konfiguration',
    noneDetail: 'Bitte eine andere wählen oder zuerst eine Konfiguration exportieren.',
    written: (when) => `gespeichert am ${when}`,
    daemon: (name, environment) => `${name}, ${environment}`,
    sameDaemon: (daemon) => `Gespeichert von ${daemon}, dem Daemon, der hier gezeigt wird.`,
    otherDaemonTitle: 'Von einem anderen Daemon',
    otherDaemon: (from, here) =>
      `Gespeichert von ${from}; hier gezeigt wird ${here}. Konfigurationen werden an Speicherziel und Pfadpräfix erkannt, Signaturschlüssel an Name und Fingerabdruck.`,
    unknownDaemon:
      'Die Datei sagt nicht, von welchem Daemon sie stammt. Konfigurationen werden an Speicherziel und Pfadpräfix erkannt.',
    outcomes: {
      create: 'Neu',
      change: 'Änderung',
      outdated: 'Seit dem Speichern der Datei geändert',
      unchanged: 'Unverändert',
      refused: 'Abgelehnt',
    },
    entry: (position, region) => `${position}. ${region || 'Konfiguration ohne Region'}`,
    now: (revision) => `beim Daemon in Fassung ${revision}`,
    changes: (region) => `Was der Import von ${region} bewirken würde`,
    after: 'Nach dem Import',
    unchangedDetail: 'Beim Daemon steht sie genau so.',
    outdatedDetail: (file, now) =>
      `Nach dem Speichern der Datei hat jemand diese Konfiguration geändert: Damals war es Fassung ${file}, jetzt ist es Fassung ${now}. Der Import nimmt diese Änderungen zurück, wie die Tabelle zeigt. Beim gemeinsamen Übernehmen bleibt sie außen vor.`,
    apply: {
      create: 'Anlegen',
      change: 'Übernehmen',
      outdated: 'Neuere Fassung ersetzen',
      unchanged: '',
      refused: '',
    },
    applyAll: (count) => (count === 1 ? '1 Konfiguration übernehmen' : `${count} Konfigurationen übernehmen`),
    applied: 'Übernommen',
    conflict: 'Nicht übernommen',
    conflictDetail:
      'Jemand hat diese Konfiguration geändert, während sie hier angesehen wurde. Es wurde nichts überschrieben. Ein erneuter Vergleich zeigt die andere Fassung.',
    riskyTitle: 'Konfigurationen eines anderen Daemons auf die Produktion anwenden?',
    risky: (name) =>
      `Die Datei stammt nicht von ${name}. Was hier angewandt wird, entscheidet ab dem nächsten Zeitfenster, was die Smartphones der Bevölkerung erhalten.`,
    riskyConfirm: 'Auf die Produktion anwenden',
    problems: { label: 'Was abgelehnt wird', field: 'Feld', reason: 'Was nicht stimmt', allowed: 'Zulässig' },
  },
};
