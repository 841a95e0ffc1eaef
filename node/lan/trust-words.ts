// What the page says that tells people how to trust their store box, in three languages.

export interface TrustWords {
  title: string;
  why: string;
  compare: string;
  fingerprint: string;
  download: string;
  steps: string;
  /** Of each kind of device: its name and what to do, in order. */
  systems: [name: string, steps: string[]][];
  afterwards: string;
  open: string;
  without: string;
}

const en: TrustWords = {
  title: 'Make this till’s connection private',
  why: 'The store box has made its own certificate. Trust it once on this device, and what you type here can be read by nobody else in the network.',
  compare:
    'First compare these letters with what “lapak node status” shows on the store box. If they differ, stop and ask a manager.',
  fingerprint: 'Fingerprint (SHA-256)',
  download: 'Download the certificate',
  steps: 'Then trust it on this device',
  systems: [
    [
      'Android',
      [
        'Open Settings and search for “CA certificate”.',
        'Choose CA certificate, then Install anyway.',
        'Pick the file lapak-ca.crt from Downloads.',
      ],
    ],
    [
      'iPhone and iPad',
      [
        'Download it with Safari and choose Allow.',
        'Settings, Profile downloaded, Install.',
        'Settings, General, About, Certificate Trust Settings: switch Lapak on.',
      ],
    ],
    [
      'Windows',
      [
        'Open the file, then Install Certificate.',
        'Choose Local Machine, then “Place all certificates in the following store”.',
        'Choose Trusted Root Certification Authorities and finish.',
      ],
    ],
    ['Mac', ['Open the file; Keychain Access opens.', 'Double-click Lapak, open Trust.', 'Choose Always Trust and close.']],
    [
      'Linux and Firefox',
      [
        'Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import. Tick “identify websites”.',
        'Chromium: Settings, Privacy and security, Security, Manage certificates, Authorities, Import.',
      ],
    ],
  ],
  afterwards: 'Then open the till at:',
  open: 'Open the till',
  without: 'The till sells without this too. Then anybody in this network could read along; keep guests on another network.',
};

const id: TrustWords = {
  title: 'Amankan sambungan kasir ini',
  why: 'Perangkat toko membuat sertifikatnya sendiri. Percayai sekali di perangkat ini, maka yang Anda ketik tidak bisa dibaca orang lain di jaringan.',
  compare:
    'Cocokkan dulu huruf berikut dengan yang tampil pada “lapak node status” di perangkat toko. Jika berbeda, berhenti dan tanya manajer.',
  fingerprint: 'Sidik jari (SHA-256)',
  download: 'Unduh sertifikat',
  steps: 'Lalu percayai di perangkat ini',
  systems: [
    [
      'Android',
      [
        'Buka Setelan dan cari “sertifikat CA”.',
        'Pilih Sertifikat CA, lalu Tetap instal.',
        'Pilih berkas lapak-ca.crt dari Unduhan.',
      ],
    ],
    [
      'iPhone dan iPad',
      [
        'Unduh dengan Safari dan pilih Izinkan.',
        'Pengaturan, Profil Diunduh, Instal.',
        'Pengaturan, Umum, Mengenai, Pengaturan Kepercayaan Sertifikat: nyalakan Lapak.',
      ],
    ],
    [
      'Windows',
      [
        'Buka berkasnya, lalu Instal Sertifikat.',
        'Pilih Mesin Lokal, lalu “Tempatkan semua sertifikat di penyimpanan berikut”.',
        'Pilih Otoritas Sertifikasi Akar Tepercaya dan selesai.',
      ],
    ],
    [
      'Mac',
      ['Buka berkasnya; Akses Rantai Kunci terbuka.', 'Klik dua kali Lapak, buka Percayai.', 'Pilih Selalu Percaya lalu tutup.'],
    ],
    [
      'Linux dan Firefox',
      [
        'Firefox: Pengaturan, Privasi & Keamanan, Lihat Sertifikat, Otoritas, Impor. Centang “mengidentifikasi situs web”.',
        'Chromium: Setelan, Privasi dan keamanan, Keamanan, Kelola sertifikat, Otoritas, Impor.',
      ],
    ],
  ],
  afterwards: 'Setelah itu buka kasir di:',
  open: 'Buka kasir',
  without: 'Tanpa ini kasir tetap bisa jualan. Tetapi orang di jaringan ini bisa ikut membaca; pisahkan jaringan tamu.',
};

const sv: TrustWords = {
  title: 'Gör kassans anslutning privat',
  why: 'Butiksenheten har gjort ett eget certifikat. Lita på det en gång på den här enheten, så kan ingen annan i nätverket läsa det du skriver.',
  compare:
    'Jämför först bokstäverna med dem som “lapak node status” visar på butiksenheten. Skiljer de sig: sluta och fråga en chef.',
  fingerprint: 'Fingeravtryck (SHA-256)',
  download: 'Hämta certifikatet',
  steps: 'Lita sedan på det på den här enheten',
  systems: [
    [
      'Android',
      [
        'Öppna Inställningar och sök efter “CA-certifikat”.',
        'Välj CA-certifikat och Installera ändå.',
        'Välj filen lapak-ca.crt bland Hämtade filer.',
      ],
    ],
    [
      'iPhone och iPad',
      [
        'Hämta det med Safari och välj Tillåt.',
        'Inställningar, Profil hämtad, Installera.',
        'Inställningar, Allmänt, Om, Inställningar för betrodda certifikat: slå på Lapak.',
      ],
    ],
    [
      'Windows',
      [
        'Öppna filen och välj Installera certifikat.',
        'Välj Lokal dator och “Placera alla certifikat i nedanstående arkiv”.',
        'Välj Betrodda rotcertifikatutfärdare och slutför.',
      ],
    ],
    [
      'Mac',
      ['Öppna filen; Nyckelhanterare öppnas.', 'Dubbelklicka på Lapak och öppna Lita på.', 'Välj Lita alltid på och stäng.'],
    ],
    [
      'Linux och Firefox',
      [
        'Firefox: Inställningar, Sekretess & säkerhet, Visa certifikat, Utfärdare, Importera. Kryssa i “identifiera webbplatser”.',
        'Chromium: Inställningar, Integritet och säkerhet, Säkerhet, Hantera certifikat, Utfärdare, Importera.',
      ],
    ],
  ],
  afterwards: 'Öppna sedan kassan på:',
  open: 'Öppna kassan',
  without: 'Kassan säljer även utan detta. Då kan vem som helst i nätverket läsa med; håll gäster på ett annat nätverk.',
};

export const trustWords = { id, en, sv };

export type TrustLanguage = keyof typeof trustWords;
