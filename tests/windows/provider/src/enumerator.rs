//! The rows of a query, or its failure, one after the other.

use crate::facts::Row;
use crate::object::Object;
use std::sync::{Mutex, PoisonError};
use windows::Win32::System::Wmi::{
    IEnumWbemClassObject, IEnumWbemClassObject_Impl, IWbemClassObject, IWbemObjectSink,
    WBEM_E_NOT_SUPPORTED, WBEM_S_FALSE, WBEM_S_NO_ERROR,
};
use windows::core::{HRESULT, Ref, Result, implement};

#[implement(IEnumWbemClassObject)]
pub(crate) struct Enumerator {
    rows: Mutex<std::vec::IntoIter<Row>>,
    class: &'static str,
    failure: Option<HRESULT>,
}

impl Enumerator {
    pub(crate) fn of(class: &'static str, rows: Vec<Row>) -> Self {
        Self {
            rows: Mutex::new(rows.into_iter()),
            class,
            failure: None,
        }
    }

    /// Fails when it is read, as a query that returns at once does.
    pub(crate) fn failing(failure: HRESULT) -> Self {
        Self {
            failure: Some(failure),
            ..Self::of("", Vec::new())
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
            let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
            while given < count {
                let Some(row) = rows.next() else { break };
                // SAFETY: the caller has room for `count` objects, and the
                // places hold nothing that would have to be released.
                unsafe {
                    objects
                        .add(given as usize)
                        .write(Some(Object::instance(self.class, row).into()));
                }
                given += 1;
            }
        }
        if !returned.is_null() {
            // SAFETY: not null, so a place for a number.
            unsafe { returned.write(given) };
        }
        match self.failure {
            Some(failure) => failure,
            None if given < count => HRESULT(WBEM_S_FALSE.0),
            None => HRESULT(WBEM_S_NO_ERROR.0),
        }
    }

    fn Reset(&self) -> Result<()> {
        Err(HRESULT(WBEM_E_NOT_SUPPORTED.0).into())
    }

    fn NextAsync(&self, _count: u32, _sink: Ref<IWbemObjectSink>) -> HRESULT {
        HRESULT(WBEM_E_NOT_SUPPORTED.0)
    }

    fn Clone(&self) -> Result<IEnumWbemClassObject> {
        Err(HRESULT(WBEM_E_NOT_SUPPORTED.0).into())
    }

    fn Skip(&self, _timeout: i32, _count: u32) -> HRESULT {
        HRESULT(WBEM_E_NOT_SUPPORTED.0)
    }
}
