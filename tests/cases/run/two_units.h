// SPDX-License-Identifier: MIT
// A header for .aco files and plain C alike: the reserved spelling of async.
#ifndef TWO_UNITS_H
#define TWO_UNITS_H

typedef struct Account { int balance; const char *owner; } Account;

acoc_async(int) account_deposit(Account *account, int amount);
acoc_async(Account) account_make(const char *owner);
acoc_async(void) account_close(Account *account);
acoc_async(const char *) account_owner(const Account *account);
extern acoc_async(int) (*account_hook)(int amount);

#endif
