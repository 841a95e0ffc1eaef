// The centre as a program: starts its parts in order and stops them in reverse. The command line, the demo and tests call it.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { present } from '#schema/values/assert';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { idMaker } from '#schema/values/id';
import { randomBytes, systemClock } from './base/clock.ts';
import type { Database } from './base/database.ts';
import type { Log } from './base/log.ts';
import { migrate } from './base/migrate.ts';
import { openDatabase } from './base/open-database.ts';
import { runCommand } from './base/runtime.ts';
import { findSecretKey } from './base/secret-key.ts';
import { openCentre } from './centre.ts';
import { createFirstAdmin, type FirstAdmin } from './modules/identity/commands.ts';
import { hasAdmin } from './modules/identity/queries.ts';
import { CENTRE_PORT, type CentreSettings } from './settings.ts';

export interface CentreOptions extends CentreSettings {
  clock?: Clock;
  random?: RandomBytes;
  log?: Log;
  /** Added at the start unless somebody signs in so already. */
  admin?: { login: string; password: string } | undefined;
}

export interface RunningCentre {
  url: string;
  stop(): Promise<void>;
}

export async function startCentre(options: CentreOptions): Promise<RunningCentre> {
  const { dataFolder, random = randomBytes, clock = systemClock, production = false, trustProxy = false } = options;
  // Standard output is for answers.
  const log = options.log ?? pino({ name: 'lapak-centre' }, pino.destination(2));
  // Before anything is opened: production without its key must not touch the database.
  const secretKey = findSecretKey({ secretKey: options.secretKey, dataFolder, production, random });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    const database = await openCentreDatabase(options);
    stops.push(() => database.close());
    await migrate(database, migrationsFolder());
    const electric =
      options.electricUrl === undefined ? undefined : { url: options.electricUrl, secret: options.electricSecret, fetch };
    const { secretKeysBefore } = options;
    const parts = {
      database,
      clock,
      random,
      log,
      secretKey,
      secretKeysBefore,
      production,
      trustProxy,
      version: version(),
      electric,
    };
    const centre = await openCentre({ ...parts, admin: options.admin });
    stops.push(() => centre.stop());
    const address = await centre.app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? CENTRE_PORT });
    const url = options.publicUrl ?? address;
    log.info({ url, database: database.kind, shapes: electric ? 'electric' : 'embedded' }, 'the centre is up');
    if (!(await hasAdmin(database.db))) log.warn({}, 'nobody may administer it yet: add somebody with lapak server admin');
    return { url, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

type DatabasePlace = Pick<CentreOptions, 'dataFolder' | 'databaseUrl'>;

/** Brings the database to this version and leaves: for deployments that migrate before they start servers. */
export const migrateCentre = (place: DatabasePlace): Promise<void> => withDatabase(place, async () => undefined);

/** Adds the person who adds all others, straight into the database: whoever may open it needs no other right. */
export const addFirstAdmin = (place: DatabasePlace, admin: FirstAdmin) =>
  withDatabase(place, (database) => {
    const runtime = { database, clock: systemClock, random: randomBytes, makeId: idMaker(systemClock, randomBytes) };
    return runCommand(runtime, undefined, (tx, context) => createFirstAdmin(tx, admin, context));
  });

async function withDatabase<T>(place: DatabasePlace, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openCentreDatabase(place);
  try {
    await migrate(database, migrationsFolder());
    return await work(database);
  } finally {
    await database.close();
  }
}

async function openCentreDatabase({ databaseUrl, dataFolder }: DatabasePlace): Promise<Database> {
  if (databaseUrl !== undefined) return openDatabase({ url: databaseUrl });
  const folder = join(dataFolder, 'database');
  await mkdir(folder, { recursive: true });
  return openDatabase({ folder });
}

/** Migrations and version stand beside package.json, of which this file is one folder below in the sources and two in the build. */
function packageRoot(): string {
  const above = [dirname(import.meta.dirname), dirname(dirname(import.meta.dirname))];
  return present(
    above.find((folder) => isPackage(join(folder, 'package.json'))),
    'package.json is not above this file',
  );
}

function isPackage(file: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'lapak';
  } catch {
    return false;
  }
}

const migrationsFolder = () => join(packageRoot(), 'schema/tables/central/migrations');
const version = () => (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
