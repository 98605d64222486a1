// SPDX-License-Identifier: MIT
// Complex types, integer ones too.
// gcc: -std=gnu11
// clang: -std=gnu11
_Complex double a;
__complex__ float b;
_Complex c;
double _Complex d = 1.0 + 2.0i;
_Complex int ci = 3 + 4i;
__complex__ unsigned char cuc;
complex_t;
_Complex float e = 1.0fi;
float _Complex e2 = 1.0if;
_Complex long double g = 1.0Li + 2.0jL + 1j;
double f(_Complex double z) {
    __real__ z = 1;
    __imag z = 2;
    z = ~z;
    return __real z + __imag__ z + __real__ 3.0 + (z == a) + !z;
}
_Complex double h(double r, double i) { return __builtin_complex(r, i); }
int k = sizeof(1i) == sizeof(_Complex int);
_Complex int inc(_Complex int x) {
    x++;
    --x;
    x += 2;
    return -x * 2i;
}
_Complex short cs;
_Complex long long cll;
_Complex char cc;
_Complex unsigned unsigned_parts;
signed _Complex signed_parts;
_Complex double_parts;
_Static_assert(sizeof unsigned_parts == 8 && sizeof signed_parts == 8 && sizeof double_parts == 16, "");
unsigned parts(_Complex unsigned c) { unsigned_parts /= c; return __real__ unsigned_parts + __imag__ c + (__real__ signed_parts < 0) + (int)__real__ double_parts; }
