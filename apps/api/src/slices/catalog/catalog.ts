/** What other slices and the commands may use of the catalogue. */
export { catalogJobs } from './catalog.jobs.ts'
export { hasProducts } from './import/import.sql.ts'
export { importCatalogue } from './import/import-catalogue.ts'
export type { ImportOptions } from './import/import-catalogue.ts'
export { importCategories } from './import/import-categories.ts'
export { FileFault } from './import/issues.ts'
export { printReport } from './import/print-report.ts'
export { refreshProductCards } from './refresh-cards.ts'
