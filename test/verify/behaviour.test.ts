import { describe, expect, test } from 'vitest';
import { listeningPorts } from '../../src/cli/engine/observe.ts';
import { compareBehaviour, maskOutput, type Observation } from '../../src/verify/behaviour.ts';

const observed = (part: Partial<Observation> = {}): Observation => ({
  exitCode: 0,
  output: '',
  ports: null,
  health: null,
  command: null,
  ...part,
});
const codes = (before: Observation, after: Observation, again: Observation | null = null) =>
  compareBehaviour(before, after, again).map(({ code }) => code);

describe('maskOutput', () => {
  test.each([
    ['2026-11-24T06:18:34.123Z listening on 8080', '#Z listening on #'],
    ['Tue Nov 24 06:18:34 2026 started', '# started'],
    ['pid 17, 0x7ffe12 in 3.5 s', 'pid # in # s'],
    ['container 3f2a9c81b0d7 has 1234567890abcdef', 'container # has #'],
    ['opened /tmp/tmp.aB3x9', 'opened /tmp/#'],
    ['\u001b[32mready\u001b[0m', 'ready'],
  ])('%s', (line, masked) => expect(maskOutput(line)).toEqual([masked]));

  test('leaves words as they are', () =>
    expect(maskOutput('cannot open templates/index.html\n\nMarch')).toEqual(['cannot open templates/index.html', '#']));
});

describe('compareBehaviour', () => {
  test('is silent for runs that differ in numbers and in the order of lines', () =>
    expect(codes(observed({ output: 'a 1\nb 2\n' }), observed({ output: 'b 3\na 4\n' }))).toEqual([]));

  test('tells an exit code, a line, a port, a health check and a command that differ', () => {
    expect(codes(observed(), observed({ exitCode: 127 }))).toEqual(['DF641']);
    expect(codes(observed({ exitCode: null }), observed({ exitCode: 0 }))).toEqual(['DF641']);
    expect(codes(observed({ output: 'ready' }), observed({ output: 'ready\nno such file' }))).toEqual(['DF642']);
    expect(codes(observed({ output: 'once\nonce' }), observed({ output: 'once' }))).toEqual(['DF642']);
    expect(codes(observed({ ports: ['tcp 80'] }), observed({ ports: [] }))).toEqual(['DF643']);
    expect(codes(observed({ health: 0 }), observed({ health: 126 }))).toEqual(['DF644']);
    const command = { exitCode: 0, output: 'fine' };
    expect(codes(observed({ command }), observed({ command: { ...command, exitCode: 1 } }))).toEqual(['DF645']);
    expect(codes(observed({ command }), observed({ command: { ...command, output: 'bad' } }))).toEqual(['DF642']);
  });

  test('does not count how often a running program has said the same', () =>
    expect(
      codes(observed({ exitCode: null, output: 'tick\ntick' }), observed({ exitCode: null, output: 'tick' })),
    ).toEqual([]));

  test('does not count what differs between two runs of the original', () => {
    const [before, after] = [observed({ output: 'fortune: tea' }), observed({ output: 'fortune: soup' })];
    expect(codes(before, after)).toEqual(['DF642']);
    expect(codes(before, after, observed({ output: 'fortune: soup' }))).toEqual([]);
    const broken = observed({ output: 'fortune: soup\nno such file' });
    expect(codes(before, broken, observed({ output: 'fortune: soup' }))).toEqual(['DF642']);
    // A third value is as good as the second, and no line more.
    expect(codes(before, observed({ output: 'fortune: bread' }), after)).toEqual([]);
    expect(codes(before, observed({ output: '' }), observed({ output: 'fortune: tea' }))).toEqual(['DF642']);
    expect(codes(observed(), observed({ exitCode: 1 }), observed({ exitCode: 1 }))).toEqual([]);
  });
});

test('listeningPorts reads the tables of the kernel', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue\n';
  const tables = [
    `${head}   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000\n   1: 0100007F:1F91 0100007F:C350 01 00000000\n`,
    `${head}   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0\n`,
    `${head} 1: 00000000:0035 00000000:0000 07 0\n 2: 00000000:C350 00000000:0000 07 0\n`,
    head,
  ];
  expect(listeningPorts(tables.join(''))).toEqual(['tcp 80', 'tcp 8080', 'udp 53']);
});
