//! Values of which a trip's facts are made, as a trip file writes them.

use crate::activation::{ActivationId, HResult};
use crate::wire::MAX_TIME;
use serde::{Deserialize, Serialize};

/// Most products, and most PCs, in a trip.
pub const MAX_TRIP_ENTRIES: usize = 10_000;

/// Seconds since 1970, up to the end of the year 9999.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "u64", into = "u64")]
pub struct Time(u64);

impl TryFrom<u64> for Time {
    type Error = &'static str;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        if seconds <= MAX_TIME {
            Ok(Self(seconds))
        } else {
            Err("not a time before the year 10000")
        }
    }
}

impl From<Time> for u64 {
    fn from(time: Time) -> Self {
        time.0
    }
}

/// An HRESULT, written as `0xC004F031`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HResultText(pub HResult);

impl TryFrom<String> for HResultText {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HResult::parse(&text)
            .filter(|code| code.to_string() == text)
            .map(Self)
            .ok_or("not an HRESULT")
    }
}

impl From<HResultText> for String {
    fn from(code: HResultText) -> Self {
        code.0.to_string()
    }
}

/// How far a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ProductState {
    Open,
    Cid,
    Delivered,
    Activated,
    Failed,
}

/// What happened to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum StepKind {
    Collected,
    SeenAgain,
    Changed,
    Cid,
    CidTakenBack,
    Delivered,
    Activated,
    Failed,
    Imported,
}

/// Deserialises an optional field that may be absent but not null.
pub(super) fn present<'de, D, T>(reader: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(reader).map(Some)
}

pub(super) fn guid<'de, D: serde::Deserializer<'de>>(
    reader: D,
) -> Result<Option<ActivationId>, D::Error> {
    let text = String::deserialize(reader)?;
    ActivationId::parse(&text)
        .filter(|id| id.to_string() == text)
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom("not a GUID in lower case"))
}
