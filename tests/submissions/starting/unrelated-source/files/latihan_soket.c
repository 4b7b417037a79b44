/* catatan kuliah, belum jadi program */
void latihan(void)
{
    int s = socket(...);
    // TODO
}
