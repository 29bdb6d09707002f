//! A person's right to their data: all of it out, or all of it gone that no duty keeps. Both are driven by the register
//! of personal fields beside the schema, so a field that is registered is neither forgotten here nor there.

pub mod erase;
pub mod export;
mod person;
pub mod register;
