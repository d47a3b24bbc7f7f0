import type { ImageFacts } from '../image.ts';
import { table } from '../table.ts';
import { baseOnly } from './base-only.ts';
import { systemPath } from './distributions.ts';
import { type Base, baseOf } from './release.ts';

const SOURCE = 'https://github.com/osrf/docker_images';

/** The release of Ubuntu that each distribution of ROS is made for; what it also was made for stands in the tag. */
const ROS = table<string>({
  indigo: 'trusty',
  jade: 'trusty',
  kinetic: 'xenial',
  lunar: 'xenial',
  melodic: 'bionic',
  noetic: 'focal',
  ardent: 'xenial',
  bouncy: 'bionic',
  crystal: 'bionic',
  dashing: 'bionic',
  eloquent: 'bionic',
  foxy: 'focal',
  galactic: 'focal',
  humble: 'jammy',
  iron: 'jammy',
  jazzy: 'noble',
  kilted: 'noble',
  lyrical: 'resolute',
});

const KIND = /^(ros-core|ros-base|robot|perception|desktop|desktop-full|simulation|simulators|ros1-bridge)$/;

/** `humble`, `noetic-ros-core-focal`, `melodic-robot-stretch`. */
function baseOfTag(tag: string): Base | null {
  const [name = '', ...rest] = tag.split('-');
  const last = baseOf(rest.at(-1) ?? '');
  const kind = (last === null ? rest : rest.slice(0, -1)).join('-');
  if (!Object.hasOwn(ROS, name) || (kind !== '' && !KIND.test(kind))) return null;
  const base = last ?? baseOf(ROS[name] as string);
  return base === 'other' ? null : base;
}

const BUILD = 'gcc g++ cc make ld git curl gpg rosdep colcon catkin_make python3'.split(' ');

/** https://hub.docker.com/_/ros: the script sources what ROS has set up and runs the command. */
export const ros = baseOnly(
  'ros',
  SOURCE,
  baseOfTag,
  [...BUILD, 'ros_entrypoint.sh'],
  (tag): Partial<ImageFacts> => ({
    env: { PATH: systemPath, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ROS_DISTRO: tag.split('-')[0] as string },
    entrypoint: ['/ros_entrypoint.sh'],
    cmd: ['bash'],
    hasCertificates: true,
    hasTimeZones: true,
  }),
);
