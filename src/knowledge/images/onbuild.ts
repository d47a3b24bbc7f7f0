import { baseName, imageName } from '../../syntax/paths.ts';
import { table } from '../table.ts';

/**
 * What the official images tagged `onbuild` do in every file that starts from them: https://github.com/docker-library/python (3.5/onbuild),
 * https://github.com/nodejs/docker-node (6/onbuild), https://github.com/docker-library/golang (1.6/onbuild),
 * https://github.com/docker-library/ruby (2.3/onbuild), https://github.com/carlossg/docker-maven (jdk-8/onbuild), all of their time
 */
const TRIGGERS = table<string>({
  golang: 'COPY . /go/src/app; RUN go-wrapper download; RUN go-wrapper install',
  maven: 'ADD . /usr/src/app; RUN mvn install',
  node: 'COPY package.json /usr/src/app/; RUN npm install; COPY . /usr/src/app',
  python: 'COPY requirements.txt /usr/src/app/; RUN pip install -r requirements.txt; COPY . /usr/src/app',
  ruby: 'COPY Gemfile Gemfile.lock /usr/src/app/; RUN bundle install; COPY . /usr/src/app',
});

/** The triggers of an image that is tagged so, '' where they are not known; null of any other image. */
export function onbuildTriggers(reference: string): string | null {
  const name = imageName(reference);
  if (!/^:(?:[\w.]+-)*onbuild(?:-|$)/.test(reference.slice(name.length).split('@', 1)[0] ?? '')) return null;
  const isOfficial = name === baseName(name) || /^(?:docker\.io\/)?library\/[^/]+$/.test(name);
  return isOfficial ? (TRIGGERS[baseName(name)] ?? '') : '';
}
