import type { Texts } from '../..';

export const configSaving: Pick<Texts['exportConfigs'], 'review' | 'conflict'> = {
  review: {
    newTitle: (region) => `${region || 'Die Konfiguration'} vor dem Anlegen prüfen`,
    editTitle: (region) => `Änderungen an ${region} prüfen`,
    label: 'Was gespeichert würde',
    field: 'Feld',
    value: 'Wert',
    before: 'Jetzt',
    after: 'Nach dem Speichern',
    noChanges: 'Nichts wurde geändert, also gibt es nichts zu speichern.',
    consequenceNew:
      'Von da an exportiert der Daemon die Zeitfenster von selbst. Bis zum ersten Stapel lässt sich noch alles ändern.',
    consequenceEdit: 'Gilt ab dem nächsten Zeitfenster. Veröffentlichte Dateien bleiben, wie sie sind.',
    consequencePrefix:
      'Neue Dateien erhalten ein anderes Präfix. Smartphones lesen einen Index: Ohne Hinweis auf den neuen erhalten sie nichts Neues.',
    consequenceRegion:
      'Die Region steht in jeder Datei. Smartphones, die die bisherige erwarten, lehnen neue Dateien möglicherweise ab.',
    consequenceKeys:
      'Dateien werden mit den neuen Schlüsseln signiert. Ein Smartphone nimmt eine Datei nur an, wenn es einen davon kennt.',
    back: 'Zurück zum Formular',
    saveNew: 'Konfiguration anlegen',
    saveEdit: 'Änderungen speichern',
    created: (region) => `${region} wurde angelegt.`,
    saved: (region) => `${region} wurde gespeichert.`,
  },

  conflict: {
    title: 'Diese Konfiguration wurde inzwischen von anderer Seite gespeichert',
    detail: (when) =>
      `Von den eigenen Änderungen wurde nichts gespeichert. Die andere Fassung ist vom ${when}. Bitte die Unterschiede ansehen und dann wählen.`,
    label: 'Die andere Fassung neben der eigenen',
    field: 'Feld',
    before: 'Zu Beginn',
    theirs: 'Andere, gespeichert',
    yours: 'Eigene, nicht gespeichert',
    both: 'von beiden geändert',
    same: 'Beide Fassungen haben dieselben Werte. Die andere übernehmen genügt.',
    take: 'Andere Fassung übernehmen, eigene verwerfen',
    carry: 'Eigene Änderungen auf die andere Fassung übertragen',
    carryDetail:
      'Behält, was nur dort geändert wurde, und setzt die eigenen Änderungen darauf; das Ergebnis wird vor dem Speichern zur Prüfung angezeigt.',
  },
};
