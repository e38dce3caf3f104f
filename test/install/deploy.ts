import { startEmulator } from '@apim-kit/emulator'

console.log(startEmulator)
