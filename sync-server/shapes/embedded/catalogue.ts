// Finds a request's shape and its table's state, follows tables that are new or have changed, and remembers checked definitions.
import { assert } from '#schema/values/assert';
import type { Database } from '../../base/database.ts';
import { defineShape, type ShapeDefinition, shapeHash } from './definition.ts';
import { followTable } from './install.ts';
import { parseTableName, readTableSchema } from './table.ts';
import { readTableState, type TableState } from './table-state.ts';
import type { ShapeRequest } from './words.ts';

export interface FoundShape {
  shape: ShapeDefinition;
  state: TableState;
  hash: string;
}

export interface Catalogue {
  find(request: ShapeRequest): Promise<FoundShape>;
  /** Without asking the database: right only if the state that the answer is read with says so. */
  remembered(request: ShapeRequest): ShapeDefinition | undefined;
}

const mostRemembered = 2000;

export function openCatalogue(database: Database): Catalogue {
  const remembered = new Map<string, ShapeDefinition>();

  const define = async (request: ShapeRequest, fingerprint: string) => {
    const key = shapeKey(request);
    const known = remembered.get(key);
    if (known?.fingerprint === fingerprint) return known;
    const table = await readTableSchema(database.db, parseTableName(request.table));
    const shape = await defineShape(database.db, table, fingerprint, request);
    remembered.delete(key);
    remembered.set(key, shape);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
    return shape;
  };

  const intactState = async (request: ShapeRequest): Promise<TableState> => {
    const name = parseTableName(request.table);
    const state = await readTableState(database.db, name.relation);
    if (state?.intact) return state;
    await readTableSchema(database.db, name); // a table that does not exist is the request's fault
    await followTable(database, name.relation);
    const followed = await readTableState(database.db, name.relation);
    assert(followed?.intact, `${name.relation} is followed but not as it was noted`);
    return followed;
  };

  return {
    async find(request) {
      const state = await intactState(request);
      const shape = await define(request, state.fingerprint);
      return { shape, state, hash: shapeHash(shape, state.generation) };
    },
    remembered: (request) => remembered.get(shapeKey(request)),
  };
}

const shapeKey = ({ table, where, params, columns, fullRows }: ShapeRequest) =>
  JSON.stringify([table, where, params, columns, fullRows]);
