//! The only one that knows everyone: carts, stock, orders and payments move here.
