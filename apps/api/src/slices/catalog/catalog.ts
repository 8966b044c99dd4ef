export { catalogJobs } from './catalog.jobs.ts'
export { refreshProductCards } from './refresh-cards.ts'
