import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDifference } from '../../src/verify/verification.ts';
import { provideBases, startEngine } from './engine.ts';
import { type Application, openVerifier, tell, type Verifier } from './verifier.ts';

const MINUTES = 15 * 60_000;

interface Mistake {
  readonly what: string;
  readonly app: string;
  /** Damages the split. */
  readonly plant: (split: string) => string;
  /** Has to be among what is found. */
  readonly found: string;
}

/** Replaces in the runtime stage alone. */
const inRuntime = (change: (stage: string) => string) => (split: string) => {
  const at = split.search(/\nFROM (?![\s\S]*\nFROM )/);
  return split.slice(0, at) + change(split.slice(at));
};
const drop = (pattern: RegExp) => inRuntime((stage) => stage.replace(pattern, ''));
const swap = (pattern: RegExp, other: string) => inRuntime((stage) => stage.replace(pattern, other));
const before = (pattern: RegExp, line: string) => inRuntime((stage) => stage.replace(pattern, `\n${line}$&`));

const MISTAKES: readonly Mistake[] = [
  {
    what: 'a library is missing',
    app: 'cpp-plugin',
    plant: drop(/\nRUN apt-get update[\s\S]*?lists\/\*/),
    found: 'DF633',
  },
  {
    what: 'the loader is missing',
    app: 'cpp-plugin',
    plant: swap(/FROM [\s\S]*?\nWORKDIR/, 'FROM scratch\nWORKDIR'),
    found: 'DF633',
  },
  {
    what: 'a plugin is missing',
    app: 'cpp-plugin',
    plant: swap(/\/opt\/shapes \/opt\/shapes/, '/opt/shapes/bin /opt/shapes/bin'),
    found: 'DF621',
  },
  {
    what: 'a variable has another value',
    app: 'cpp-plugin',
    plant: swap(/(ENV SHAPES_PLUGINS=).*/, '$1/opt'),
    found: 'DF612',
  },
  { what: 'the entry point is lost', app: 'cpp-plugin', plant: drop(/\nENTRYPOINT .*/), found: 'DF611' },
  {
    what: 'a folder has another owner',
    app: 'own-folder',
    plant: before(/\nUSER /, 'RUN chown 0:0 /srv/counter'),
    found: 'DF622',
  },
  { what: 'USER is lost', app: 'own-folder', plant: drop(/\nUSER .*/), found: 'DF611' },
  {
    what: 'the account is missing',
    app: 'own-folder',
    plant: swap(/useradd --system --uid 990 keeper && chown keeper:/, 'chown 990:990'),
    found: 'DF636',
  },
  { what: 'the account has another number', app: 'own-folder', plant: swap(/--uid 990/, '--uid 991'), found: 'DF636' },
  { what: 'a variable is lost', app: 'go-files', plant: drop(/\nENV .*/), found: 'DF612' },
  {
    what: 'the working folder is another one',
    app: 'go-files',
    plant: swap(/WORKDIR \/app/, 'WORKDIR /'),
    found: 'DF611',
  },
  { what: 'the templates are missing', app: 'go-files', plant: drop(/\nCOPY .*texts.*/), found: 'DF621' },
  {
    what: 'the CA certificates are gone',
    app: 'go-files',
    plant: swap(/FROM .*/, 'FROM debian:bookworm-slim'),
    found: 'DF624',
  },
  {
    what: 'the time zones are gone',
    app: 'go-files',
    plant: swap(
      /FROM .*/,
      'FROM debian:bookworm-slim\nRUN rm -rf /usr/share/zoneinfo\nCOPY --from=build /etc/ssl/certs /etc/ssl/certs',
    ),
    found: 'DF624',
  },
  {
    what: 'the mode of a program is another one',
    app: 'cron',
    plant: before(/\nCMD /, 'RUN chmod 600 /usr/local/bin/heartbeat'),
    found: 'DF622',
  },
  { what: 'a package is missing', app: 'cron', plant: drop(/\nRUN apt-get update[\s\S]*?lists\/\*/), found: 'DF623' },
  {
    what: 'a file of the build context is missing',
    app: 'cron',
    plant: swap(/\nCOPY crontab [\s\S]*?(?=\nCMD)/, '\nRUN touch /var/log/heartbeat'),
    found: 'DF621',
  },
  {
    what: 'a file has another content',
    app: 'cron',
    plant: before(/\nCMD /, 'RUN echo "# x" >> /etc/cron.d/heartbeat'),
    found: 'DF622',
  },
  {
    what: 'the health check has lost its tool',
    app: 'supervisord',
    plant: swap(/ netcat-openbsd/, ''),
    found: 'DF631',
  },
  { what: 'the health check is lost', app: 'supervisord', plant: drop(/\nHEALTHCHECK .*/), found: 'DF611' },
  {
    what: 'a script has lost its interpreter',
    app: 'supervisord',
    plant: before(/\nCMD /, 'RUN rm /usr/bin/python3*'),
    found: 'DF634',
  },
  { what: 'a port is lost', app: 'supervisord', plant: drop(/\nEXPOSE .*/), found: 'DF611' },
  {
    what: 'one of two programs does not start',
    app: 'supervisord',
    plant: before(/\nCMD /, 'RUN sed -i "s,/usr/local/bin/station,/bin/true," /etc/supervisor/supervisord.conf'),
    found: 'DF643',
  },
  { what: 'the capability is lost', app: 'setcap', plant: drop(/\nRUN setcap .*/), found: 'DF622' },
  { what: 'the command is another one', app: 'c-static', plant: swap(/CMD \["3"\]/, 'CMD ["2"]'), found: 'DF611' },
  { what: 'the stop signal is lost', app: 'c-static', plant: drop(/\nSTOPSIGNAL .*/), found: 'DF611' },
  { what: 'a label is lost', app: 'c-static', plant: drop(/\nLABEL .*/), found: 'DF612' },
  { what: 'the volume is lost', app: 'c-static', plant: drop(/\nVOLUME .*/), found: 'DF611' },
  { what: 'the shell is missing', app: 'heredoc', plant: swap(/FROM .*/, 'FROM scratch'), found: 'DF634' },
  {
    what: 'the program does something else',
    app: 'heredoc',
    plant: before(
      /\nCMD /,
      'ENV PATH=/opt:/usr/bin:/bin\nCOPY --chmod=755 <<X /opt/sum-up\n#!/bin/sh\necho sum 0 and more\nX',
    ),
    found: 'DF642',
  },
];

const silent = startEngine();

describe.skipIf(silent !== null)('mistakes planted in a split are found', () => {
  let verifier: Verifier;
  const applications = new Map<string, Promise<Application>>();
  beforeAll(async () => {
    verifier = await openVerifier();
  }, MINUTES);
  afterAll(() => verifier.close(), MINUTES);
  const open = (name: string): Promise<Application> => {
    const opened = applications.get(name) ?? verifier.open(resolve('test/engine/apps', name), null);
    applications.set(name, opened);
    return opened;
  };

  test.each(MISTAKES.map((mistake) => [`${mistake.what} (${mistake.app})`, mistake] as const))(
    '%s',
    async (_, { app, plant, found }) => {
      const application = await open(app);
      const split = application.report.outcome.text ?? '';
      const against = plant(split);
      expect(against, 'the mistake was planted').not.toBe(split);
      provideBases(against);
      const verification = await verifier.verify(application, { against, again: true, seconds: 2 });
      const message = `${tell(application, verification)}\n${against}`;
      expect(verification.result, message).toBe('different');
      expect(
        verification.findings.filter(isDifference).map(({ code }) => code),
        message,
      ).toContain(found);
    },
    MINUTES,
  );

  test('at least twenty were planted', () => expect(MISTAKES.length).toBeGreaterThanOrEqual(20));
});
