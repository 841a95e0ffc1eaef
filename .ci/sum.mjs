// Names what failed and adds up what the suites counted, last, where a log that was cut short still shows it. A step that failed
// without a failed test (a file that does not load, a type error) counts as one.
import { readFileSync } from 'node:fs';

const [brokenSteps, ...files] = process.argv.slice(2);
const suites = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (name) => suites.reduce((total, suite) => total + (suite[name] ?? 0), 0);

const steps = brokenSteps.split(' ').filter(Boolean);
if (steps.length > 0) console.log(`failed: ${steps.join(', ')}`);
for (const file of suites.flatMap(({ testResults = [] }) => testResults)) {
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  if (tests.length === 0 && file.status === 'failed') console.log(`\n${file.name}\n${file.message}`);
  for (const { fullName, failureMessages } of tests)
    console.log(`\n${file.name}\n${fullName}\n${failureMessages[0]?.slice(0, 1500)}`);
}

const suitesThatFailed = suites.filter(({ numFailedTests }) => numFailedTests > 0).length;
const failed = sum('numFailedTests') + Math.max(0, steps.length - suitesThatFailed);
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
