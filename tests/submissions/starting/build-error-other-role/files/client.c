#include <stdio.h>

int main(void)
{
    belum selesai
}
