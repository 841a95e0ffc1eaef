// Adds up what the suites counted. A step that failed without a failed test (a file that does not load, a type error) counts as one.
import { readFileSync } from 'node:fs';

const [brokenSteps, ...files] = process.argv.slice(2);
const suites = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (name) => suites.reduce((total, suite) => total + (suite[name] ?? 0), 0);

const suitesThatFailed = suites.filter(({ numFailedTests }) => numFailedTests > 0).length;
const failed = sum('numFailedTests') + Math.max(0, Number(brokenSteps) - suitesThatFailed);
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
