// The page that tells people how to trust their store box: the certificate, its fingerprint, and the steps for each kind of device. It works
// over plain HTTP and without scripts, for that is what a device has that does not trust the box yet.
import { type TrustLanguage, trustWords } from './trust-words.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const isLanguage = (text: string | undefined): text is TrustLanguage => text !== undefined && Object.hasOwn(trustWords, text);

/** What was asked for, else what the browser speaks first that we do too. */
export function trustLanguage(asked: string | undefined, accepts: string | undefined): TrustLanguage {
  if (isLanguage(asked)) return asked;
  const spoken = (accepts ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return spoken.find(isLanguage) ?? 'en';
}

/** The till's own colours. */
const style = `:root{color-scheme:light dark;--text:#14181F;--bg:#F7F8FA;--accent:#0B5FCC}
@media (prefers-color-scheme:dark){:root{--text:#F2F5F9;--bg:#0F1318;--accent:#7DB4FF}}
body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:16px;color:var(--text);background:var(--bg)}
a{color:var(--accent)}a.action{display:inline-block;min-height:48px;line-height:48px;padding:0 20px;border:2px solid;border-radius:8px;font-weight:600}
code{overflow-wrap:anywhere;font-size:1.1em}nav a{display:inline-block;padding-right:16px}nav a,summary{min-height:48px;line-height:48px}`;

export interface TrustPage {
  language: TrustLanguage;
  storeName: string;
  fingerprint: string;
  addresses: readonly string[];
}

export function trustPage({ language, storeName, fingerprint, addresses }: TrustPage): string {
  const words = trustWords[language];
  const systems = words.systems.map(
    ([name, steps]) =>
      `<details><summary>${escaped(name)}</summary><ol>${steps.map((step) => `<li>${escaped(step)}</li>`).join('')}</ol></details>`,
  );
  const links = addresses.map((address) => `<p><a class="action" href="${escaped(address)}/">${escaped(address)}</a></p>`);
  const languages = Object.keys(trustWords).map((code) => `<a href="?lang=${code}" lang="${code}">${code}</a>`);
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(words.title)}</title><style>${style}</style></head><body><nav>${languages.join('')}</nav>
<main><p>${escaped(storeName)}</p><h1>${escaped(words.title)}</h1><p>${escaped(words.why)}</p>
<h2>1. ${escaped(words.fingerprint)}</h2><p>${escaped(words.compare)}</p><p><code>${escaped(fingerprint)}</code></p>
<h2>2. ${escaped(words.download)}</h2><p><a class="action" href="/trust/lapak-ca.crt">${escaped(words.download)}</a></p>
<h2>3. ${escaped(words.steps)}</h2>${systems.join('')}
<h2>4. ${escaped(words.open)}</h2><p>${escaped(words.afterwards)}</p>${links.join('')}<p>${escaped(words.without)}</p></main></body></html>`;
}
