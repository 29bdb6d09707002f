//! What a shopper has picked; promises nothing.
