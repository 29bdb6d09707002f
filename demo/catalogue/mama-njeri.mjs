// The products of Mama Njeri, in the order of the shop's categories.
import { products as wear } from './mama-njeri-wear.mjs';
import { products as things } from './mama-njeri-things.mjs';

export const products = [...wear, ...things];
