/** What other slices may use of the catalogue. */
export { findCategoryNames, listCategoriesOfProducts } from './categories-of-products.sql.ts'
