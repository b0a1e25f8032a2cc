//! `#[derive(Advice)]`: derives the id and the facts of an error from its
//! fields.
//!
//! The id of a variant is the one that `strum::IntoStaticStr` gives it. Every
//! named field is a fact under its own name in kebab-case, through
//! `hikyaku::advice::ToFact`; an unnamed field is a fact only if it is given a
//! name. A variant marked `#[error(transparent)]` forwards to the error inside
//! it.
//!
//! ```ignore
//! #[derive(thiserror::Error, strum::IntoStaticStr, Advice)]
//! #[strum(serialize_all = "kebab-case", prefix = "ledger-")]
//! enum LedgerError {
//!     #[error("{file} is newer: version {version}")]
//!     Newer { file: String, version: u64 },          // facts `file`, `version`
//!     #[error("refused with {0}")]
//!     Refused(#[fact(name = "code")] HResult),       // fact `code`
//!     #[error("{} groups fail", .groups.len())]
//!     #[advice(also = count)]                        // fn(&LedgerError) -> Facts
//!     WrongGroups { groups: Vec<String> },           // fact `groups`, and more
//!     #[error(transparent)]
//!     Symbol(#[from] SymbolError),                   // its id, its facts
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, LitStr, Path, Result, Variant,
    parse_macro_input,
};

/// Implements `hikyaku::advice::Advice` for an enum; see the crate
/// documentation.
#[proc_macro_derive(Advice, attributes(advice, fact))]
pub fn derive_advice(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    implement(&input)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(input, "Advice is derived for enums"));
    };
    let mut ids = Vec::new();
    let mut facts = Vec::new();
    for variant in &data.variants {
        let (id, of_variant) = arms(variant)?;
        ids.extend(id);
        facts.push(of_variant);
    }
    let (name, (generics, arguments, bounds)) = (&input.ident, input.generics.split_for_impl());
    let id = if ids.is_empty() {
        quote! { self.into() }
    } else {
        let rest = (ids.len() < data.variants.len()).then(|| quote! { other => other.into() });
        quote! { match self { #(#ids,)* #rest } }
    };
    Ok(quote! {
        impl #generics crate::advice::Advice for #name #arguments #bounds {
            fn id(&self) -> &'static str {
                #id
            }

            fn facts(&self) -> ::std::vec::Vec<(&'static str, crate::advice::Fact)> {
                match self {
                    #(#facts,)*
                }
            }
        }
    })
}

/// The match arm of `id` if strum does not provide the id, and the match arm of
/// `facts`.
fn arms(variant: &Variant) -> Result<(Option<TokenStream>, TokenStream)> {
    let name = &variant.ident;
    if is_transparent(&variant.attrs) {
        let id = quote! { Self::#name(error) => crate::advice::Advice::id(error) };
        let facts = quote! { Self::#name(error) => crate::advice::Advice::facts(error) };
        return Ok((Some(id), facts));
    }
    let mut bindings = Vec::new();
    let mut pairs = Vec::new();
    for (index, field) in variant.fields.iter().enumerate() {
        let Some(fact) = name_of_fact(field)? else {
            continue;
        };
        let binding = format_ident!("field_{}", index);
        bindings.push(if let Some(ident) = &field.ident {
            quote! { #ident: #binding }
        } else {
            let index = syn::Index::from(index);
            quote! { #index: #binding }
        });
        pairs.push(quote! { (#fact, crate::advice::ToFact::to_fact(#binding)) });
    }
    // This pattern also fits unit and tuple variants.
    let pattern = quote! { Self::#name { #(#bindings,)* .. } };
    let facts = match also(&variant.attrs)? {
        None => quote! { #pattern => ::std::vec![#(#pairs),*] },
        Some(function) => quote! {
            #pattern => {
                let mut facts = ::std::vec![#(#pairs),*];
                facts.extend(#function(self));
                facts
            }
        },
    };
    Ok((None, facts))
}

/// `#[error(transparent)]`.
fn is_transparent(attributes: &[Attribute]) -> bool {
    let mut errors = attributes.iter().filter(|it| it.path().is_ident("error"));
    errors.any(|it| {
        it.parse_args::<Path>()
            .is_ok_and(|path| path.is_ident("transparent"))
    })
}

/// The name of a field in messages; `None` if it is not a fact.
fn name_of_fact(field: &Field) -> Result<Option<String>> {
    let mut name = field
        .ident
        .as_ref()
        .map(|ident| ident.to_string().replace('_', "-"));
    for attribute in field.attrs.iter().filter(|it| it.path().is_ident("fact")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("skip") {
                name = None;
                Ok(())
            } else if meta.path.is_ident("name") {
                name = Some(meta.value()?.parse::<LitStr>()?.value());
                Ok(())
            } else {
                Err(meta.error("`name = \"…\"` or `skip`"))
            }
        })?;
    }
    Ok(name)
}

/// The function of `#[advice(also = function)]`.
fn also(attributes: &[Attribute]) -> Result<Option<Expr>> {
    let mut function = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("advice")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("also") {
                function = Some(meta.value()?.parse()?);
                Ok(())
            } else {
                Err(meta.error("`also = function`"))
            }
        })?;
    }
    Ok(function)
}
