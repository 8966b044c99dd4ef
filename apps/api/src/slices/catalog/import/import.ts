/** What the commands use to fill the catalogue. Apart from the slice's own door: it decodes pictures and cleans HTML, which no request needs loaded. */
export { hasProducts } from './import.sql.ts'
export { importCatalogue } from './import-catalogue.ts'
export type { ImportOptions } from './import-catalogue.ts'
export { importCategories } from './import-categories.ts'
export { FileFault } from './issues.ts'
export { printReport } from './print-report.ts'
