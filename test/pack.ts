import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** A package of the workspace. */
export interface Package {
  readonly name: string
  readonly version: string
  readonly folder: string
}

/** Every package that is published, in the order of their folders' names. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages')).map((folder) => {
  const manifest = readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')
  const { name, version } = JSON.parse(manifest) as Package
  return { name, version, folder: join(root, 'packages', folder) }
})

/** The tarball of a package in the folder that {@link packAll} filled. */
export const tarballOf = ({ name, version }: Package, folder: string): string =>
  join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)

/** Packs every package as a release would: what `npm run build` made, with the workspace's versions written out. */
export const packAll = async (folder: string): Promise<void> => {
  const pnpm = [join(root, 'scripts/pnpm.mjs'), '--recursive', '--filter', './packages/*', 'pack']
  await promisify(execFile)(process.execPath, [...pnpm, '--pack-destination', folder], { cwd: root })
}
