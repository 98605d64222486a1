// SPDX-License-Identifier: MIT
// Vectors of clang: elements by name, literals in parentheses.
// clang: -std=gnu11
typedef float float4 __attribute__((ext_vector_type(4)));
typedef float float2 __attribute__((ext_vector_type(2)));
typedef float float3 __attribute__((ext_vector_type(3)));
typedef int int4 __attribute__((ext_vector_type(4)));
typedef float f16v __attribute__((ext_vector_type(16)));
float4 f(float4 a, float4 b, float3 c, f16v w) {
    a.xy = b.zw;
    a.x = 1;
    a.lo = b.hi;
    a.even = b.odd;
    a.s0 = a.s3;
    a.rgba = b.abgr;
    float2 q = a.xz;
    float s = a.y;
    int4 i = a > b;
    float4 d = i ? a : b;
    float4 e = (float4)(1.0f);
    e = (float4)(1, 2, 3, 4);
    w.sABCD = a;
    a.s01 = q;
    q = w.sf0;
    a.wzyx = a;
    return a + b.xxxx * s + (float4){1, 2, 3, 4} + d + c.xyzz + (float4)(2);
}
float4 h = (float4)(1, 2, 3, 4);
float2 k = {1, 2};
float j(float4 *p) {
    p->xy = k;
    return p->x + p[1].w;
}
int4 conv(float4 x) {
    int4 y = __builtin_convertvector(x, int4);
    y = y << 2;
    return x == x;
}
