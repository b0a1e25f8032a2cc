//! Which product `--product` means.

use super::failure::{CliError, Failure};
use crate::activation::{ActivationId, Product};
use crate::ground::printable;

/// Finds the only product that matches: by Activation ID (or its beginning), by
/// the last five of its key, or by a part of its name.
pub(super) fn product<'a>(wanted: &str, products: &'a [Product]) -> Result<&'a Product, Failure> {
    let folded = wanted.trim().to_lowercase();
    let exact = ActivationId::parse(wanted);
    let matches = |product: &&Product| {
        Some(product.activation_id) == exact
            || product.activation_id.to_string().starts_with(&folded)
            || product
                .key_tail
                .as_ref()
                .is_some_and(|tail| tail.as_str().to_lowercase() == folded)
            || product.name.as_str().to_lowercase().contains(&folded)
    };
    let found: Vec<&Product> = products.iter().filter(matches).collect();
    match found[..] {
        [product] if !folded.is_empty() => Ok(product),
        [] => Err(CliError::UnknownProduct {
            wanted: printable(wanted),
        }
        .into()),
        _ => Err(CliError::AmbiguousProduct {
            wanted: printable(wanted),
        }
        .into()),
    }
}
