// The products of Kilimani Electronics, in the order of the shop's categories.
import { products as small } from './kilimani-pocket.mjs';
import { products as large } from './kilimani-house.mjs';

export const products = [...small, ...large];
