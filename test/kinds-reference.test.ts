import { expect, it } from 'vitest'
import { kindPages } from './kinds-reference.js'

/*
 * The pages follow from the descriptors. After a change: npx vitest run test/kinds-reference.test.ts --update
 */
it.each([...kindPages()])('docs/reference/kinds/%s is up to date', async (file, page) => {
  await expect(page).toMatchFileSnapshot(`../docs/reference/kinds/${file}`)
})
