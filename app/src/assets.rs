//! Where the built bundles and styles of this build lie.

/// The path in front of every built file, such as `/s/1f0c…`; the folder's name changes with its content.
///
/// The program puts it into each request's extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets(pub String);
