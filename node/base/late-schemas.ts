// Makes the checks and writers of a route when it is first called: to make those of every route at the start would take longer than all the
// rest of starting a till.
import AjvCompiler from '@fastify/ajv-compiler';
import SerializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyServerOptions } from 'fastify';

type Compilers = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;

/** As Fastify reads it: what is wrong stands on the function after it said no. */
type Validate = ((input: unknown) => unknown) & { errors?: unknown };

type Build<Made> = (schemas: unknown, options: unknown) => (route: unknown) => Made;

export function lateSchemas(): Compilers {
  const buildValidator = AjvCompiler() as unknown as Build<Validate>;
  const buildSerializer = SerializerSelector() as unknown as Build<(value: unknown) => string>;
  const compilers = {
    buildValidator: late(buildValidator, (make) => {
      const validate: Validate = (input) => {
        const made = make();
        const fits = made(input);
        validate.errors = made.errors;
        return fits;
      };
      return validate;
    }),
    buildSerializer: late(buildSerializer, (make) => (value) => make()(value)),
  };
  return compilers as unknown as Compilers;
}

const late =
  <Made>(build: Build<Made>, wrap: (make: () => Made) => Made): Build<Made> =>
  (schemas, options) => {
    const compile = build(schemas, options);
    return (route) => {
      let made: Made | undefined;
      return wrap(() => {
        made ??= compile(route);
        return made;
      });
    };
  };
