// Plain JSON values as YAML. Only what JSON can hold comes here, so a writer of fifty lines does; we never read YAML.

const plainScalar = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i;

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    const isPlain = plainScalar.test(value) && !reserved.test(value) && !value.endsWith(' ');
    return isPlain ? value : JSON.stringify(value);
  }
  return JSON.stringify(value ?? null);
}

const isEmpty = (value: object) => Object.keys(value).length === 0;

function lines(value: unknown, indent: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${scalar(value)}`];
  if (isEmpty(value)) return [`${indent}${Array.isArray(value) ? '[]' : '{}'}`];
  return Array.isArray(value) ? value.flatMap((item) => itemLines(item, indent)) : entryLines(value, indent);
}

function itemLines(item: unknown, indent: string): string[] {
  const [first = '', ...rest] = lines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function entryLines(value: object, indent: string): string[] {
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .flatMap(([key, entry]) => {
      if (typeof entry !== 'object' || entry === null || isEmpty(entry))
        return [`${indent}${scalar(key)}: ${lines(entry, '').join('')}`];
      return [`${indent}${scalar(key)}:`, ...lines(entry, `${indent}  `)];
    });
}

export const yamlText = (value: unknown): string => `${lines(value, '').join('\n')}\n`;
