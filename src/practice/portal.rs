//! The practice portal, which answers only practice Installation IDs.

use crate::activation::{ConfirmationId, InstallationId, practice_confirmation_id};

/// The Confirmation ID for a practice Installation ID; `None` for a real one, which
/// only Microsoft's portal can answer.
pub fn confirm(iid: &InstallationId) -> Option<ConfirmationId> {
    iid.is_practice().then(|| practice_confirmation_id(iid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_installation_ids_get_no_answer() {
        let real = "489126343257012289105546522085205332958764158851011127139061121";
        assert_eq!(confirm(&InstallationId::parse(real).unwrap()), None);
    }
}
