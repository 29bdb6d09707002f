//! What a merchant sells: products, variants, categories, pictures.
