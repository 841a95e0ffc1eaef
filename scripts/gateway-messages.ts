// Writes sync-server/gateway/messages.ts from schema/wire/gateway.proto. Run it after changing that; a unit test fails while it is stale.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** From the repository's root, where scripts and tests run. */
const messagesFile = 'sync-server/gateway/messages.ts';
const firstLine =
  '// What travels over gRPC, and the service: generated from schema/wire/gateway.proto by scripts/gateway-messages.ts, never by hand.';

function messages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-proto-'));
  try {
    const plugin = {
      local: resolve('node_modules/.bin/protoc-gen-es'),
      out: folder,
      opt: ['target=ts', 'import_extension=none'],
    };
    const template = JSON.stringify({ version: 'v2', plugins: [plugin] });
    execFileSync(
      'node_modules/.bin/buf',
      ['generate', '--template', template, '--path', 'schema/wire/gateway.proto', 'schema/wire'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const [, ...rest] = readFileSync(join(folder, 'gateway_pb.ts'), 'utf8').split('\n');
    return [firstLine, ...rest].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Why the committed file is not what would be written now; undefined when it is. */
export const staleMessages = (): string | undefined =>
  readFileSync(messagesFile, 'utf8') === messages() ? undefined : `${messagesFile} is stale: run scripts/gateway-messages.ts`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(messagesFile, messages());
