//! The enumerator of a query's rows, or of its failure.

use crate::facts::Row;
use crate::object::Object;
use std::sync::{Mutex, MutexGuard, PoisonError};
use windows::Win32::System::Wmi::{
    IEnumWbemClassObject, IEnumWbemClassObject_Impl, IWbemClassObject, IWbemObjectSink,
    WBEM_E_NOT_SUPPORTED, WBEM_S_FALSE, WBEM_S_NO_ERROR,
};
use windows::core::{HRESULT, Ref, Result, implement};

#[implement(IEnumWbemClassObject)]
pub(crate) struct Enumerator {
    rows: Vec<Row>,
    /// Number of rows returned so far.
    at: Mutex<usize>,
    class: &'static str,
    failure: Option<HRESULT>,
}

impl Enumerator {
    pub(crate) fn of(class: &'static str, rows: Vec<Row>) -> Self {
        Self {
            rows,
            at: Mutex::new(0),
            class,
            failure: None,
        }
    }

    /// An enumerator that fails when it is read, like that of a query that returns
    /// immediately.
    pub(crate) fn failing(failure: HRESULT) -> Self {
        Self {
            failure: Some(failure),
            ..Self::of("", Vec::new())
        }
    }

    fn at(&self) -> MutexGuard<'_, usize> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The result code for `given` of `wanted` rows.
    fn end(&self, given: u32, wanted: u32) -> HRESULT {
        match self.failure {
            Some(failure) => failure,
            None if given < wanted => HRESULT(WBEM_S_FALSE.0),
            None => HRESULT(WBEM_S_NO_ERROR.0),
        }
    }
}

impl IEnumWbemClassObject_Impl for Enumerator_Impl {
    fn Next(
        &self,
        _timeout: i32,
        count: u32,
        objects: *mut Option<IWbemClassObject>,
        returned: *mut u32,
    ) -> HRESULT {
        let mut given = 0;
        if self.failure.is_none() {
            let mut at = self.at();
            while given < count {
                let Some(row) = self.rows.get(*at) else { break };
                *at += 1;
                // SAFETY: the caller has room for `count` objects, and the slots
                // hold nothing that must be released.
                unsafe {
                    objects
                        .add(given as usize)
                        .write(Some(Object::instance(self.class, row.clone()).into()));
                }
                given += 1;
            }
        }
        if !returned.is_null() {
            // SAFETY: not null, so it points to a number.
            unsafe { returned.write(given) };
        }
        self.end(given, count)
    }

    fn Reset(&self) -> Result<()> {
        *self.at() = 0;
        Ok(())
    }

    fn NextAsync(&self, _count: u32, _sink: Ref<IWbemObjectSink>) -> HRESULT {
        HRESULT(WBEM_E_NOT_SUPPORTED.0)
    }

    fn Clone(&self) -> Result<IEnumWbemClassObject> {
        let copy = Enumerator {
            rows: self.rows.clone(),
            at: Mutex::new(*self.at()),
            class: self.class,
            failure: self.failure,
        };
        Ok(copy.into())
    }

    fn Skip(&self, _timeout: i32, count: u32) -> HRESULT {
        let mut at = self.at();
        let left = self.rows.len() - *at;
        let skipped = left.min(count as usize);
        *at += skipped;
        self.end(skipped as u32, count)
    }
}
